/** Attributes of a run that a filter or an order may name. Times compare as epoch milliseconds, as in MLflow. */
export const RUN_ATTRIBUTES = ['run_id', 'run_name', 'status', 'user_id', 'artifact_uri', 'start_time', 'end_time', 'created_at', 'experiment', 'excluded', 'archived', 'variant', 'seed', 'commit', 'project', 'owner', 'verdict', 'hypothesis_status'] as const;
export type RunAttribute = (typeof RUN_ATTRIBUTES)[number];

export const DATASET_ATTRIBUTES = ['name', 'digest', 'context'] as const;
export type DatasetAttribute = (typeof DATASET_ATTRIBUTES)[number];

/** What a condition looks at. A metric is compared on its latest value. */
export type RunField =
  | { readonly kind: 'metric'; readonly key: string }
  | { readonly kind: 'param'; readonly key: string }
  | { readonly kind: 'tag'; readonly key: string }
  | { readonly kind: 'attribute'; readonly name: RunAttribute }
  | { readonly kind: 'dataset'; readonly name: DatasetAttribute };

/** What a treatment can differ in from its baseline. */
export const VARIABLE_KINDS = ['CODE', 'DATA', 'CONFIG', 'ENVIRONMENT'] as const;
export type VariableKind = (typeof VARIABLE_KINDS)[number];

export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/**
 * A filter, parsed. A condition is false for a run that lacks the field (`IS NULL` asks for that). Metrics and times compare with numbers, texts with texts;
 * a param compared with a number is read as one, and no match when it is not one.
 */
export type RunFilter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly RunFilter[] }
  | { readonly kind: 'not'; readonly part: RunFilter }
  | { readonly kind: 'compare'; readonly field: RunField; readonly comparator: Comparator; readonly value: string | number }
  | { readonly kind: 'like'; readonly field: RunField; readonly pattern: string; readonly ignoreCase: boolean; readonly negated: boolean }
  | { readonly kind: 'in'; readonly field: RunField; readonly values: readonly (string | number)[]; readonly negated: boolean }
  | { readonly kind: 'null'; readonly field: RunField; readonly negated: boolean }
  /** A time against one that moves with the clock: `start_time > now - 7d`. */
  | { readonly kind: 'since'; readonly field: TimeField; readonly comparator: Comparator; readonly minutesAgo: number }
  /** Runs whose variant differs from its baseline in this; in anything of the kind where there is no name. */
  | { readonly kind: 'changed'; readonly variable: VariableKind; readonly name: string | null }
  /** Runs of the experiments this one was derived from, over any number of steps, or of those derived from it; itself is neither. */
  | { readonly kind: 'lineage'; readonly relation: Relation; readonly experiment: string };

export type Relation = 'ancestor' | 'descendant';

/** One key of an order. Runs that lack the field come last in both directions. */
export interface RunOrder {
  readonly field: Exclude<RunField, { readonly kind: 'dataset' }>;
  readonly descending: boolean;
}

export type TimeField = { readonly kind: 'attribute'; readonly name: 'start_time' | 'end_time' | 'created_at' };

const NUMERIC_ATTRIBUTES: ReadonlySet<RunAttribute> = new Set(['start_time', 'end_time', 'created_at']);

export const isTime = (field: RunField): field is TimeField => field.kind === 'attribute' && NUMERIC_ATTRIBUTES.has(field.name);

/** Params and seeds are texts that may be compared with numbers. */
export const mayBeNumber = (field: RunField): boolean => field.kind === 'param' || (field.kind === 'attribute' && field.name === 'seed');

/** The values of an attribute that has a few only; null where it may have any. */
export const valuesOf = (field: RunField): readonly string[] | null => (field.kind === 'attribute' ? CHOICES[field.name] ?? null : null);

const CHOICES: Readonly<Partial<Record<RunAttribute, readonly string[]>>> = {
  verdict: ['SUPPORTED', 'REFUTED', 'EQUIVALENT', 'INCONCLUSIVE'],
  hypothesis_status: ['PROPOSED', 'TESTING', 'SUPPORTED', 'REFUTED', 'INCONCLUSIVE', 'ABANDONED'],
};

/** Metrics and times compare as numbers, everything else as text. */
export const isNumeric = (field: RunField): boolean => field.kind === 'metric' || isTime(field);
