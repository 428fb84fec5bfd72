/** Published values the statistics are checked against, each with where it stands. */

/**
 * Student's sleep data (Biometrika 6, 1908): extra hours of sleep of ten patients under two drugs. Figures as R prints them in
 * `example(sleep)`, `t.test(extra ~ group, data = sleep)` and its paired form; digits beyond R's four from SciPy 1.17.1.
 */
export const SLEEP = {
  first: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
  second: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
  welch: { t: -1.8608134675, df: 17.7764735, p: 0.0793941402, ci95: [-3.3654832, 0.2054832] },
  paired: { t: -4.0621276834, df: 9, p: 0.0028328902, ci95: [-2.4598858, -0.7001142] },
} as const;

/** Benjamini & Hochberg, J. Royal Statistical Society B 57 (1995), section 3.2: 15 tests of a thrombolysis trial; corrected values as R's p.adjust gives them. */
export const THROMBOLYSIS = {
  p: [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1],
  benjaminiHochberg: [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857, 0.063857, 0.0645, 0.0765, 0.486, 0.581182, 0.714875, 0.753231, 0.813214, 1],
  holm: [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1],
} as const;

/**
 * Cohen, Statistical Power Analysis for the Behavioral Sciences (2nd ed., 1988), table 2.4.1, two-sided alpha 0.05, power 0.80:
 * repeats a side for an effect of d standard deviations.
 */
export const COHEN_REPEATS = [{ d: 0.2, n: 393 }, { d: 0.5, n: 64 }, { d: 0.8, n: 26 }, { d: 1.0, n: 17 }, { d: 1.4, n: 9 }] as const;
