import { badInput } from '../refusal.ts';

/** What the reserved tags of an experiment or a run say about its hypothesis and its lineage. Undefined: nothing was said. */
export interface HypothesisTags {
  readonly statement?: string;
  readonly because?: string;
  readonly change?: string;
  readonly metric?: string;
  readonly direction?: 'INCREASE' | 'DECREASE';
  readonly minEffect?: number;
  /** Key of the experiment this one was derived from: "VIS-42". */
  readonly parentKey?: string;
}

function direction(value: string): 'INCREASE' | 'DECREASE' {
  const said = value.trim().toUpperCase();
  if (said !== 'INCREASE' && said !== 'DECREASE') throw badInput('hypothesis/direction-tag', `The tag lemma.direction must be "increase" or "decrease"; it was "${value}".`);
  return said;
}

function minEffect(value: string): number {
  const size = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(size) || size < 0) throw badInput('hypothesis/min-effect-tag', `The tag lemma.min_effect must be a number, zero or more; it was "${value}".`);
  return size;
}

const READERS: ReadonlyMap<string, (value: string) => HypothesisTags> = new Map(Object.entries<(value: string) => HypothesisTags>({
  'lemma.hypothesis': (value) => ({ statement: value }),
  'lemma.because': (value) => ({ because: value }),
  'lemma.change': (value) => ({ change: value }),
  'lemma.metric': (value) => ({ metric: value }),
  'lemma.direction': (value) => ({ direction: direction(value) }),
  'lemma.min_effect': (value) => ({ minEffect: minEffect(value) }),
  'lemma.parent': (value) => ({ parentKey: value.trim() }),
}));

/** Reads the reserved tags; refuses a value that says nothing. Blank values count as not said. */
export function readHypothesisTags(tags: ReadonlyMap<string, string>): HypothesisTags {
  let said: HypothesisTags = {};
  for (const [key, value] of tags) {
    if (value.trim() !== '') said = { ...said, ...READERS.get(key)?.(value) };
  }
  return said;
}

export const saysSomething = (said: HypothesisTags): boolean => Object.keys(said).length > 0;
