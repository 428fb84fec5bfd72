import { badInput } from '../refusal.ts';

/** Text as Python writes it between quotes, as MLflow's messages do. */
export function pythonText(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const escaped = Array.from(value, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return named[character] ?? (code < 32 || code === 127 ? `\\x${code.toString(16).padStart(2, '0')}` : character);
  }).join('');
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

/**
 * Rule RN4: a param never changes; logging the value it has is fine. `stored` holds what was there before for the given keys.
 * The message is MLflow's (store/tracking/sqlalchemy_store.py), in the form of the call: one param, or a batch.
 */
export function requireUnchanged(runId: string, given: ReadonlyMap<string, string>, stored: ReadonlyMap<string, string>, form: 'single' | 'batch'): void {
  const changed = [...stored].filter(([key, value]) => given.get(key) !== value).map(([key, before]) => ({ key, before, after: given.get(key) ?? '' }));
  const [first] = changed;
  if (first === undefined) return;
  if (form === 'single') {
    throw badInput('run/param-changed', `Changing param values is not allowed. Param with key='${first.key}' was already logged with value='${first.before}' for run ID='${runId}'. Attempted logging new value '${first.after}'.`);
  }
  const list = changed.map(({ key, before, after }) => `{'key': ${pythonText(key)}, 'old_value': ${pythonText(before)}, 'new_value': ${pythonText(after)}}`);
  throw badInput('run/param-changed', `Changing param values is not allowed. Params were already logged='[${list.join(', ')}]' for run ID='${runId}'.`);
}
