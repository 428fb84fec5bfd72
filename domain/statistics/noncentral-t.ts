import betainc from '@stdlib/math-base-special-betainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import tCdf from '@stdlib/stats-base-dists-t-cdf';

const PRECISION = 1e-13;
const MOST_TERMS = 5000;
/** Beyond this, exp(-δ²/2) is no longer a number to compute with. */
const LARGEST_NONCENTRALITY = 37;

/**
 * Distribution function of the noncentral t: P(T ≤ t). Algorithm AS 243 (Lenth, Applied Statistics 38, 1989): a Poisson mixture of
 * incomplete beta functions. Checked against SciPy's `nct.cdf`. For |noncentrality| above 37 the answer is the normal approximation.
 */
export function noncentralTCdf(t: number, degreesOfFreedom: number, noncentrality: number): number {
  if (noncentrality === 0) return tCdf(t, degreesOfFreedom);
  if (Math.abs(noncentrality) > LARGEST_NONCENTRALITY) return normalCdf(t, noncentrality, 1);
  if (t < 0) return 1 - noncentralTCdf(-t, degreesOfFreedom, -noncentrality);
  const x = (t * t) / (t * t + degreesOfFreedom);
  const lower = normalCdf(-noncentrality, 0, 1);
  return x > 0 ? Math.min(1, Math.max(0, lower + mixture(x, degreesOfFreedom, noncentrality) / 2)) : lower;
}

/**
 * Σ pⱼ I(x; j + ½, ν/2) + qⱼ I(x; j + 1, ν/2), with pⱼ and qⱼ the Poisson weights of AS 243. Each incomplete beta function follows from the one before by
 * I(x; a + 1, b) = I(x; a, b) - xᵃ (1 - x)ᵇ / (a B(a, b)), so only the first is computed in full.
 */
function mixture(x: number, degreesOfFreedom: number, noncentrality: number): number {
  const half = (noncentrality * noncentrality) / 2;
  const b = degreesOfFreedom / 2;
  const tail = (1 - x) ** b;
  const logBeta = Math.log(Math.PI) / 2 + gammaln(b) - gammaln(b + 0.5);
  let p = Math.exp(-half);
  let q = (p * noncentrality * Math.SQRT2) / Math.sqrt(Math.PI);
  let [odd, oddStep, even, evenStep] = [betainc(x, 0.5, b), 2 * tail * Math.exp(Math.log(x) / 2 - logBeta), 1 - tail, b * x * tail];
  let [sum, leftOver] = [p * odd + q * even, 1 - p];
  for (let j = 1; j < MOST_TERMS && (j <= half || 2 * leftOver * (odd - oddStep) > PRECISION); j += 1) {
    [odd, even] = [odd - oddStep, even - evenStep];
    [oddStep, evenStep] = [(oddStep * x * (j + b - 0.5)) / (j + 0.5), (evenStep * x * (j + b)) / (j + 1)];
    p *= half / j;
    q *= half / (j + 0.5);
    leftOver -= p;
    sum += p * odd + q * even;
  }
  return sum;
}
