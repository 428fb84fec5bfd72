import betainc from '@stdlib/math-base-special-betainc';
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

/** Σ pⱼ I(x; j + ½, ν/2) + qⱼ I(x; j + 1, ν/2), with pⱼ and qⱼ the weights of AS 243. */
function mixture(x: number, degreesOfFreedom: number, noncentrality: number): number {
  const half = (noncentrality * noncentrality) / 2;
  let p = Math.exp(-half);
  let q = (p * noncentrality * Math.SQRT2) / Math.sqrt(Math.PI);
  let [sum, leftOver] = [0, 1 - p];
  for (let j = 0; j < MOST_TERMS; j += 1) {
    sum += p * betainc(x, j + 0.5, degreesOfFreedom / 2) + q * betainc(x, j + 1, degreesOfFreedom / 2);
    if (j > half && 2 * leftOver * betainc(x, j + 1.5, degreesOfFreedom / 2) < PRECISION) return sum;
    p *= half / (j + 1);
    q *= half / (j + 1.5);
    leftOver -= p;
  }
  return sum;
}
