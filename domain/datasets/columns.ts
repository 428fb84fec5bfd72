/** How the numbers of a column lie, as the client saw them. */
export interface Sketch {
  readonly count: number;
  readonly missing: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** At 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly [number, number, number, number, number];
}

export interface Column {
  readonly name: string;
  readonly type: string;
  /** Null for what is no number, and where the client made none. */
  readonly sketch: Sketch | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** More columns than this are not compared one by one. */
export const MOST_COLUMNS = 5_000;
const MOST_NAME = 250;

/** Both texts come from whoever logged the run: what is not as it should be is not there. */
function parsed(text: string | null): Fields | null {
  if (text === null) return null;
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return null;
  }
}

const fieldsOf = (value: unknown): Fields | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null);
const own = (fields: Fields | null, key: string): unknown => (fields !== null && Object.hasOwn(fields, key) ? fields[key] : undefined);

/** The columns of a schema in MLflow's form (mlflow_colspec), with their sketches from the profile. Null where the schema names no columns. */
export function columnsOf({ schema, profile }: { readonly schema: string | null; readonly profile: string | null }): readonly Column[] | null {
  const listed = own(parsed(schema), 'mlflow_colspec');
  if (!Array.isArray(listed)) return null;
  const sketches = fieldsOf(own(parsed(profile), 'sketch'));
  return listed.slice(0, MOST_COLUMNS).flatMap((each): Column[] => {
    const [name, type] = [own(fieldsOf(each), 'name'), own(fieldsOf(each), 'type')];
    return typeof name === 'string' ? [{ name: name.slice(0, MOST_NAME), type: typeof type === 'string' ? type.slice(0, MOST_NAME) : 'not known', sketch: sketchOf(own(sketches, name)) }] : [];
  });
}

function sketchOf(value: unknown): Sketch | null {
  const fields = fieldsOf(value);
  const quantiles = own(fields, 'quantiles');
  const [count, missing, min, max, mean] = ['count', 'missing', 'min', 'max', 'mean'].map((key) => own(fields, key));
  if (!Array.isArray(quantiles) || quantiles.length !== 5) return null;
  const numbers = [count, missing, min, max, mean, ...quantiles as unknown[]];
  if (!numbers.every((each) => typeof each === 'number' && Number.isFinite(each))) return null;
  const ordered = [min, ...quantiles, max] as number[];
  return ordered.every((each, at) => at === 0 || (ordered[at - 1] ?? each) <= each) ? ({ count, missing, min, max, mean, quantiles } as unknown as Sketch) : null;
}

/** What is stored, with the sketches of a later client where there were none: a version that an older client recorded learns how its numbers lie. */
export function withSketch(stored: string | null, given: string | null): string | null {
  const [known, told] = [parsed(stored), parsed(given)];
  const sketch = own(told, 'sketch');
  if (stored === null) return given;
  return known === null || sketch === undefined || own(known, 'sketch') !== undefined ? stored : JSON.stringify({ ...known, sketch });
}
