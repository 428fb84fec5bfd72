import { readLiteral, type Literal } from './literal.ts';

/** A configuration by what it says: nested keys flattened with dots, values in one way of writing. */
export type Config = ReadonlyMap<string, string>;

/** What stands for None, null and nothing at all. */
export const NOTHING = 'null';

const NUMBER = /^[+-]?(?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** 007 is a name, not a number. */
const NAME_OF_DIGITS = /^[+-]?0\d/;
const WORDS: ReadonlyMap<string, string> = new Map([['true', 'true'], ['false', 'false'], ['none', NOTHING], ['null', NOTHING], ['', NOTHING], ['nan', 'nan'], ['inf', 'inf'], ['infinity', 'inf'], ['-inf', '-inf'], ['-infinity', '-inf']]);
/** Of these a whole 1 is a count and 1.0 a share (scikit-learn's max_features, Lightning's limit_train_batches), so that the type is part of the value. */
const TYPE_COUNTS = /(?:^|\.)(?:max_features|max_samples|min_samples_(?:leaf|split)|(?:test|train|val|validation)_size|limit_\w+_batches|overfit_batches|val_check_interval)$/;

/** One way of writing a value: 1e-3 and 0.001, True and true, None and nothing are the same. Texts stay as they are, without blanks around. */
export function canonicalValue(text: string, key = ''): string {
  const trimmed = text.trim();
  const word = WORDS.get(trimmed.toLowerCase());
  if (word !== undefined) return word;
  if (!NUMBER.test(trimmed) || NAME_OF_DIGITS.test(trimmed)) return trimmed;
  const digits = trimmed.replaceAll('_', '');
  const value = Number(digits);
  // Beyond what a double can tell apart it is an id.
  if (!Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER)) return digits;
  const written = String(value === 0 ? 0 : value);
  return TYPE_COUNTS.test(key) && Number.isInteger(value) && /[.eE]/.test(digits) ? `${written}.0` : written;
}

/** `--batch-size`, `data/crop` and `optim__lr` name what `batch_size`, `data.crop` and `optim.lr` do. */
export const canonicalKey = (key: string): string => key.trim().replace(/^-+/, '').replaceAll('/', '.').replaceAll(/(?<=[A-Za-z0-9])__(?=[A-Za-z0-9])/g, '.').replaceAll('-', '_');

/**
 * Params by what they say. `defaults` are the values a script has when none are given: making one explicit changes nothing. Keys of `leftOut` are no part of it.
 */
export function canonicalConfig(params: ReadonlyMap<string, string>, { defaults = new Map(), leftOut = [] }: { readonly defaults?: ReadonlyMap<string, string>; readonly leftOut?: readonly string[] } = {}): Config {
  const config = new Map([...flattened(defaults, leftOut), ...flattened(params, leftOut)]);
  return new Map([...config].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A name given twice in different ways of writing keeps both values. */
function flattened(params: ReadonlyMap<string, string>, leftOut: readonly string[]): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, text] of [...params].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (leftOut.includes(name)) continue;
    for (const [key, value] of leaves(canonicalKey(name), readLiteral(text.trim()) ?? { kind: 'word', text })) {
      const before = flat.get(key);
      flat.set(key, before === undefined || before === value ? value : `${before}, ${value}`);
    }
  }
  return flat;
}

function* leaves(key: string, value: Literal): Generator<readonly [string, string]> {
  if (value.kind === 'word') yield [key, canonicalValue(value.text, key)];
  else if (value.kind === 'text') yield [key, canonicalValue(value.text, key)];
  else if (value.kind === 'list') {
    if (value.items.length === 0) yield [key, '[]'];
    for (const [index, item] of value.items.entries()) yield* leaves(`${key}.${index}`, item);
  } else {
    if (value.entries.length === 0) yield [key, '{}'];
    for (const [name, item] of value.entries) yield* leaves(`${key}.${canonicalKey(name)}`, item);
  }
}
