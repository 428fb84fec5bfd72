import type { RunFilter, VariableKind } from './run-filter.ts';
import type { TokenReader } from './token-reader.ts';

// Conditions that read like sentences: `changed param lr`, `ancestor of VIS-12`.

const VARIABLES: Readonly<Record<string, VariableKind>> = {
  PARAM: 'CONFIG', PARAMS: 'CONFIG', CONFIG: 'CONFIG', CODE: 'CODE', DATA: 'DATA', DATASET: 'DATA', ENVIRONMENT: 'ENVIRONMENT', PACKAGE: 'ENVIRONMENT',
};
/** How each kind is written. */
export const VARIABLE_WORD: Readonly<Record<VariableKind, string>> = { CONFIG: 'param', CODE: 'code', DATA: 'data', ENVIRONMENT: 'environment' };
/** The kind of variable a word names; null when it names none. */
export const variableOf = (word: string): VariableKind | null => VARIABLES[word.toUpperCase()] ?? null;
const KEY = /^[A-Z][A-Z0-9]{0,19}-\d{1,9}$/i;
const RELATIONS = { ANCESTOR: 'ancestor', ANCESTORS: 'ancestor', DESCENDANT: 'descendant', DESCENDANTS: 'descendant' } as const;
/** What may follow a condition is never the name it ends with; a variable that is called so is put in quotes. */
const FOLLOWERS = /^(and|or|not)$/i;

/** Reads a condition that begins with `changed`, `ancestor of` or `descendant of`; null when none does. */
export function readSentence(reader: TokenReader): RunFilter | null {
  if (reader.takeWord('CHANGED')) return changed(reader);
  for (const [word, relation] of Object.entries(RELATIONS)) {
    if (!reader.takeWord(word)) continue;
    if (!reader.takeWord('OF')) reader.expected(`of and an experiment, such as ${relation} of VIS-12`);
    return { kind: 'lineage', relation, experiment: experimentKey(reader) };
  }
  return null;
}

function changed(reader: TokenReader): RunFilter {
  const word = reader.peek();
  const variable = word.kind === 'word' ? VARIABLES[word.text.toUpperCase()] : undefined;
  if (!variable) return reader.expected('param, code, data or environment, such as changed param lr');
  reader.next();
  return { kind: 'changed', variable, name: nameOf(reader) };
}

function nameOf(reader: TokenReader): string | null {
  const token = reader.peek();
  const name = token.kind === 'word' && !FOLLOWERS.test(token.text) ? token.text : token.kind === 'name' || token.kind === 'string' ? token.value : null;
  if (name === null) return null;
  if (name === '') return reader.expected('the name of what changed, and no empty one');
  reader.next();
  return name;
}

function experimentKey(reader: TokenReader): string {
  const token = reader.peek();
  const key = token.kind === 'string' || token.kind === 'name' ? token.value : token.text;
  if (!KEY.test(key)) return reader.expected('the key of an experiment, such as VIS-12');
  reader.next();
  return key.toUpperCase();
}
