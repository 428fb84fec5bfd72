import type { EngineName } from '../scripts/layers/engines.ts';
import type { Lab } from './lab.ts';
import type { TargetName } from './targets.ts';

/** One line of the report. */
export interface Row {
  /** A name of targets.ts word for word, or one of its own. */
  readonly name: TargetName | (string & {});
  /** Which piece of it, where several rows answer one target. */
  readonly part?: string;
  readonly measured: string;
  /** Whether it is as good as its limit says; absent where the figure is only reported. */
  readonly kept?: boolean;
  /** The limit, for rows that are not in targets.ts. */
  readonly limit?: string;
  /** The peer's figure, the generator's ceiling, a smaller size in a quick run. */
  readonly note?: string;
}

/** A family of rows that are measured together. */
export interface Bench {
  /** What is typed after `npm run bench --`. */
  readonly name: string;
  /** Targets that its rows answer: they are reported as not measured when it fails. */
  readonly answers: readonly TargetName[];
  /** Without these nothing can be measured; they are installed before the clock starts. */
  readonly needs: readonly EngineName[];
  /** What it may take, starts and stops included. All together: eight minutes quick, forty full. */
  readonly seconds: { readonly quick: number; readonly full: number };
  /** Starts what it needs through the lab, which stops it. A failure is reported and harms no other bench. */
  readonly measure: (lab: Lab) => Promise<readonly Row[]>;
}
