import type { Tolerance, VariantValues } from './tolerance.ts';
import { toleranceOf } from './tolerance.ts';

export const CAUSES = ['COMMIT', 'CHANGES', 'SUBMODULE', 'INTERPRETER', 'PACKAGE', 'DATA', 'SEED', 'COMMAND', 'METRIC'] as const;

/** Why a run was not reproduced: what was recorded and what was found in its place. */
export interface Cause {
  readonly kind: (typeof CAUSES)[number];
  readonly name: string;
  readonly expected: string | null;
  /** Null where there was nothing. */
  readonly found: string | null;
}

/** What two runs are compared by. Null where it was not recorded. */
export interface Made {
  readonly commit: string | null;
  readonly diff: string | null;
  readonly submodules: Readonly<Record<string, string | null>>;
  readonly python: string | null;
  readonly packages: Readonly<Record<string, string>>;
  readonly datasets: Readonly<Record<string, string>>;
  readonly seed: string | null;
  readonly machine: string | null;
}

export interface ComparedMetric {
  readonly key: string;
  /** Null where it is no finite number, or missing. */
  readonly original: number | null;
  readonly again: number | null;
  readonly tolerance: Tolerance;
  readonly within: boolean;
}

export interface Outcome {
  readonly reproduced: boolean;
  readonly causes: readonly Cause[];
  readonly metrics: readonly ComparedMetric[];
}

/** The second run, and everything that its outcome is judged by. */
export interface Attempt {
  readonly original: Made;
  readonly again: Made;
  readonly finished: boolean;
  /** Final values by metric, of the original and of the second run. */
  readonly values: { readonly original: ReadonlyMap<string, number>; readonly again: ReadonlyMap<string, number> };
  readonly variant: (key: string) => VariantValues;
  /** What the client found before or while it ran. */
  readonly told: readonly Cause[];
}

/** Reproduced is a run that was made of the same and whose every metric lies within its tolerance. Something that differs and did not show in the numbers is not the same run. */
export function outcomeOf({ original, again, finished, values, variant, told }: Attempt): Outcome {
  const exact = original.seed !== null && original.machine !== null && original.machine === again.machine;
  const metrics = [...values.original].map(([key, value]): ComparedMetric => {
    const second = values.again.get(key);
    const tolerance = toleranceOf(value, variant(key), exact);
    return { key, original: finite(value), again: finite(second), tolerance, within: second !== undefined && isWithin(value, second, tolerance.amount) };
  });
  const found = unique([...told, ...differencesOf(original, again), ...(finished ? [] : [{ kind: 'COMMAND', name: 'the command', expected: 'finished', found: 'failed' } as const])]);
  const causes = found.length > 0 ? found : unexplained(metrics);
  return { reproduced: causes.length === 0, causes, metrics };
}

/** What the second run was made of that the first was not, in the order in which one causes the next. What one of them did not record is not compared. */
export function differencesOf(original: Made, again: Made): Cause[] {
  return [
    ...changed('COMMIT', 'commit', original.commit, again.commit),
    ...(original.commit === again.commit && original.diff !== again.diff ? [{ kind: 'CHANGES', name: 'uncommitted changes', expected: original.diff, found: again.diff } as const] : []),
    ...each('SUBMODULE', original.submodules, again.submodules),
    ...changed('INTERPRETER', 'Python', original.python, again.python),
    ...(Object.keys(again.packages).length === 0 ? [] : each('PACKAGE', original.packages, again.packages)),
    ...(Object.keys(again.datasets).length === 0 ? [] : each('DATA', original.datasets, again.datasets)),
    ...changed('SEED', 'seed', original.seed, again.seed),
  ];
}

const changed = (kind: Cause['kind'], name: string, expected: string | null, found: string | null): Cause[] => (expected === null || found === null || expected === found ? [] : [{ kind, name, expected, found }]);
const each = (kind: Cause['kind'], expected: Readonly<Record<string, string | null>>, found: Readonly<Record<string, string | null>>): Cause[] =>
  Object.entries(expected).flatMap(([name, value]): Cause[] => ((found[name] ?? null) === value ? [] : [{ kind, name, expected: value, found: found[name] ?? null }]));

const MOST_CAUSES = 100;
/** The client and the record tell the same. */
const unique = (causes: readonly Cause[]): Cause[] => [...new Map(causes.toReversed().map((cause) => [`${cause.kind} ${cause.name}`, cause])).values()].toReversed().slice(0, MOST_CAUSES);

function unexplained(metrics: readonly ComparedMetric[]): Cause[] {
  if (metrics.length === 0) return [{ kind: 'METRIC', name: 'metrics', expected: 'at least one', found: null }];
  return metrics.filter(({ within }) => !within).slice(0, MOST_CAUSES).map(({ key, original, again }) => ({ kind: 'METRIC', name: key, expected: text(original), found: text(again) }));
}

const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);
const isWithin = (one: number, other: number, amount: number): boolean => Object.is(one, other) || Math.abs(one - other) <= amount;
const text = (value: number | null): string | null => (value === null ? null : String(value));

const NAMED: Readonly<Record<Cause['kind'], (name: string) => string>> = {
  COMMIT: () => 'The commit', CHANGES: () => 'The uncommitted changes', SUBMODULE: (name) => `The submodule ${name}`, INTERPRETER: () => 'The interpreter', PACKAGE: (name) => `The package ${name}`,
  DATA: (name) => `The dataset ${name}`, SEED: () => 'The seed', COMMAND: () => 'The command', METRIC: (name) => `Nothing that was recorded differs, but ${name}`,
};

/** "The package numpy: 2.1.0 was recorded, 2.2.0 was found." */
export const causeSentence = ({ kind, name, expected, found }: Cause): string => `${NAMED[kind](name)}: ${expected ?? 'nothing'} was recorded, ${found ?? 'nothing'} was found.`;
