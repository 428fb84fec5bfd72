/** Attributes of a run that a filter or an order may name. Times compare as epoch milliseconds, as in MLflow. */
export const RUN_ATTRIBUTES = ['run_id', 'run_name', 'status', 'user_id', 'artifact_uri', 'start_time', 'end_time', 'created_at', 'experiment', 'excluded', 'archived', 'variant'] as const;
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
  | { readonly kind: 'null'; readonly field: RunField; readonly negated: boolean };

/** One key of an order. Runs that lack the field come last in both directions. */
export interface RunOrder {
  readonly field: Exclude<RunField, { readonly kind: 'dataset' }>;
  readonly descending: boolean;
}

const NUMERIC_ATTRIBUTES: ReadonlySet<RunAttribute> = new Set(['start_time', 'end_time', 'created_at']);

/** Metrics and times compare as numbers, everything else as text. */
export const isNumeric = (field: RunField): boolean => field.kind === 'metric' || (field.kind === 'attribute' && NUMERIC_ATTRIBUTES.has(field.name));
