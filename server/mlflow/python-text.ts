// How Python writes values into MLflow's messages, so that ours are the same word for word.

/** json.dumps(value, separators=(",", ":")): everything outside printable ASCII is escaped. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? Number(each) : each)) ?? 'null';
  return text.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** repr of a float: 1.0, 0.5, 1e+16, 1e-05, nan, inf. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}

/** type(value).__name__ of a value that came as JSON. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return Array.isArray(value) ? 'list' : 'dict';
}

/** len(text): Python counts characters, not UTF-16 units. */
export function lengthOf(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** text[:limit] */
export const cut = (text: string, limit: number): string => Array.from(text).slice(0, limit).join('');

/** posixpath.normpath */
export function normalPath(path: string): string {
  const slashes = /^\/{2}(?!\/)/.test(path) ? '//' : path.startsWith('/') ? '/' : '';
  const kept: string[] = [];
  for (const part of path.split('/').filter((each) => each !== '' && each !== '.')) {
    const climbs = part === '..';
    const nothingToLeave = kept.length === 0 ? slashes === '' : kept.at(-1) === '..';
    if (!climbs || nothingToLeave) kept.push(part);
    else kept.pop();
  }
  return slashes + kept.join('/') || '.';
}
