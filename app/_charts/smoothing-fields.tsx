'use client';

import { type Smoothing, UNSMOOTHED } from './smooth.ts';

type Kind = Smoothing['kind'];

interface Choice {
  readonly words: string;
  /** What the slider is called, its reach, and what stands beside it. */
  readonly slider: { readonly label: string; readonly min: number; readonly max: number; readonly step: number } | null;
  readonly start: Smoothing;
}

const CHOICES: Readonly<Record<Kind, Choice>> = {
  none: { words: 'off', slider: null, start: UNSMOOTHED },
  ema: { words: 'exponential average', slider: { label: 'Smoothing, what the past keeps', min: 0.01, max: 0.99, step: 0.01 }, start: { kind: 'ema', weight: 0.6 } },
  gauss: { words: 'Gaussian', slider: { label: 'Smoothing, width of the kernel in points', min: 1, max: 50, step: 1 }, start: { kind: 'gauss', sigma: 3 } },
  mean: { words: 'running mean', slider: { label: 'Smoothing, points in a mean', min: 3, max: 101, step: 2 }, start: { kind: 'mean', points: 9 } },
};
const KINDS = ['none', 'ema', 'gauss', 'mean'] as const;

function amountOf(smoothing: Smoothing): number {
  switch (smoothing.kind) {
    case 'none': return 0;
    case 'ema': return smoothing.weight;
    case 'gauss': return smoothing.sigma;
    case 'mean': return smoothing.points;
  }
}

function withAmount(kind: Kind, amount: number): Smoothing {
  switch (kind) {
    case 'none': return UNSMOOTHED;
    case 'ema': return { kind, weight: amount };
    case 'gauss': return { kind, sigma: amount };
    case 'mean': return { kind, points: amount };
  }
}

/** "0.60", "σ 3", "mean 9", "off": what stands on the button. */
export function smoothingWords(smoothing: Smoothing): string {
  switch (smoothing.kind) {
    case 'none': return 'off';
    case 'ema': return smoothing.weight.toFixed(2);
    case 'gauss': return `σ ${smoothing.sigma}`;
    case 'mean': return `mean ${smoothing.points}`;
  }
}

/** How a line is smoothed, and how much. The raw line stays behind it. */
export function SmoothingFields({ smoothing, onChange }: { readonly smoothing: Smoothing; readonly onChange: (smoothing: Smoothing) => void }) {
  const { slider } = CHOICES[smoothing.kind];
  return (
    <>
      <select className="lc-x" aria-label="Kind of smoothing" value={smoothing.kind} onChange={(event) => onChange(CHOICES[KINDS.find((kind) => kind === event.target.value) ?? 'none'].start)}>
        {KINDS.map((kind) => <option key={kind} value={kind}>{CHOICES[kind].words}</option>)}
      </select>
      {slider !== null && <input type="range" aria-label={slider.label} min={slider.min} max={slider.max} step={slider.step} value={amountOf(smoothing)} onChange={(event) => onChange(withAmount(smoothing.kind, Number(event.target.value)))} />}
      {slider !== null && <span className="num">{smoothingWords(smoothing)}</span>}
    </>
  );
}
