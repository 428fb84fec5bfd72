/** What a group of runs is drawn as: its mean with the 95 % interval of the mean, its standard error, its standard deviation or its extremes; or its median with the extremes. */
export const SPREADS = ['ci', 'se', 'sd', 'range', 'median'] as const;
export type Spread = (typeof SPREADS)[number];

/** What the line and the ends of the band are, in the head of a table. */
export const SPREAD_COLUMNS: Readonly<Record<Spread, { readonly middle: string; readonly lower: string; readonly upper: string }>> = {
  ci: { middle: 'mean', lower: '95 % low', upper: '95 % high' },
  se: { middle: 'mean', lower: 'standard error low', upper: 'standard error high' },
  sd: { middle: 'mean', lower: 'standard deviation low', upper: 'standard deviation high' },
  range: { middle: 'mean', lower: 'min', upper: 'max' },
  median: { middle: 'median', lower: 'min', upper: 'max' },
};
