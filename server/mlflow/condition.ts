/** One condition of a filter over experiments, logged models or registered models, which MLflow joins with AND only. */
export interface Condition {
  /** "attribute", "tag", "param" or "metric". */
  readonly entity: string;
  readonly key: string;
  readonly comparator: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';
  /** A list for IN and NOT IN. */
  readonly value: string | number | readonly (string | number)[] | null;
}

const TESTS: Readonly<Record<Condition['comparator'], (actual: string | number, value: Condition['value']) => boolean>> = {
  '=': (actual, value) => actual === value,
  '!=': (actual, value) => actual !== value,
  '<': (actual, value) => actual < (value as string | number),
  '<=': (actual, value) => actual <= (value as string | number),
  '>': (actual, value) => actual > (value as string | number),
  '>=': (actual, value) => actual >= (value as string | number),
  LIKE: (actual, value) => isLike(String(actual), String(value)),
  ILIKE: (actual, value) => isLike(String(actual).toLowerCase(), String(value).toLowerCase()),
  IN: (actual, value) => isOneOf(actual, value),
  'NOT IN': (actual, value) => !isOneOf(actual, value),
  'IS NULL': () => false,
  'IS NOT NULL': () => true,
};

const isOneOf = (actual: string | number, value: Condition['value']): boolean => Array.isArray(value) && value.map(String).includes(String(actual));

/** Whether what is there (null: nothing) meets the condition. As in SQL, nothing meets only IS NULL. */
export function meets(actual: string | number | null | undefined, { comparator, value }: Condition): boolean {
  return actual === null || actual === undefined ? comparator === 'IS NULL' : TESTS[comparator](actual, value);
}

/** SQL's LIKE, in at most (length of text × length of pattern) steps whatever the pattern is. */
export function isLike(text: string, pattern: string): boolean {
  let [at, inPattern, star, tried] = [0, 0, -1, 0];
  while (at < text.length) {
    const expected = pattern[inPattern];
    if (expected === '%') {
      star = inPattern;
      tried = at;
      inPattern += 1;
    } else if (expected === '_' || expected === text[at]) {
      at += 1;
      inPattern += 1;
    } else if (star >= 0) {
      tried += 1;
      at = tried;
      inPattern = star + 1;
    } else {
      return false;
    }
  }
  return /^%*$/.test(pattern.slice(inPattern));
}
