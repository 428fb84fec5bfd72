import { z } from 'zod';
import { invalid, type MlflowProblem } from './problem.ts';
import { jsonText, typeName } from './python-text.ts';
import { missingValue } from './limits.ts';

// The field types of MLflow's protocol, as liberal as its JSON form of protobuf: int64 as number or text, absent and null alike, unknown fields ignored.

const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

function asInt64(value: unknown): bigint | undefined {
  const integral = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)) || (typeof value === 'string' && /^[+-]?\d{1,19}$/.test(value));
  if (!integral) return undefined;
  const exact = BigInt(value as bigint | number | string);
  return exact < INT64.min || exact > INT64.max ? undefined : exact;
}

export const text = z.string();
/** Present and not empty. */
export const needed = z.string().min(1);
export const int64 = z.unknown().transform((value, context) => {
  const exact = asInt64(value);
  if (exact !== undefined) return exact;
  context.addIssue({ code: 'custom', message: 'int64' });
  return z.NEVER;
});
/** An integer that counts something and so is small. */
export const count = int64.transform((value) => Number(value));
export const flag = z.union([z.boolean(), z.enum(['true', 'True', 'TRUE', 'false', 'False', 'FALSE']).transform((word) => word.toLowerCase() === 'true')]);
export const texts = z.array(z.string());

const DOUBLE_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A double as a client may write it; undefined for anything else. */
export function asDouble(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return undefined;
  if (value === 'NaN') return Number.NaN;
  if (value === 'Infinity' || value === '-Infinity') return Number(value);
  return DOUBLE_TEXT.test(value) ? Number(value) : undefined;
}
export { asInt64 };

export const double = z.unknown().transform((value, context) => {
  const number = asDouble(value);
  if (number !== undefined) return number;
  context.addIssue({ code: 'custom', message: 'double' });
  return z.NEVER;
});

/** Pairs as tags and params travel. A missing value is the empty text, as in protobuf. */
export const pairs = z.array(z.object({ key: z.string().nullish(), value: z.string().nullish() }));
export type Pairs = z.output<typeof pairs>;

/** The pairs as a map, the last of equal keys winning; each key is needed. */
export function pairMap(given: Pairs | undefined, path: string, check: (key: string, value: string, path: string) => string): ReadonlyMap<string, string> {
  return new Map((given ?? []).map(({ key, value }, index) => {
    if (key === undefined || key === null || key === '') throw missingValue(`${path}[${index}].key`);
    return [key, check(key, value ?? '', `${path}[${index}]`)] as const;
  }));
}

/** Refuses with MLflow's sentence for the first field that is missing or of the wrong type. */
export function parseFields<Schema extends z.ZodType>(schema: Schema, body: Readonly<Record<string, unknown>>): z.output<Schema> {
  const present = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw fieldProblem(issue?.path ?? [], present);
}

function fieldProblem(path: readonly PropertyKey[], body: unknown): MlflowProblem {
  let value = body;
  let name = '';
  for (const step of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
    name += typeof step === 'number' ? `[${step}]` : `${name === '' ? '' : '.'}${String(step)}`;
  }
  if (value === undefined || value === '') return missingValue(name);
  return invalid(`Invalid value ${jsonText(value)} for parameter '${name}' supplied:  Hint: Value was of type '${typeName(value)}'. See the API docs for more information about request parameters.`);
}
