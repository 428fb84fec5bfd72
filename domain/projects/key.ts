import { badInput } from '../refusal.ts';

const KEY = /^[A-Z][A-Z0-9]{1,9}$/;

/** A key starts the names of the project's experiments: VIS in VIS-42. */
export function checkKey(key: string): string {
  if (!KEY.test(key)) throw badInput('project/key', 'A key is 2 to 10 capital letters and digits and starts with a letter, such as VIS.');
  return key;
}

/** The beginning that every key made from this slug has; for asking which ones are taken. */
export function keyStem(slug: string): string {
  const letters = slug.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const stem = (/^[A-Z]/.test(letters) ? letters : `P${letters}`).slice(0, 3);
  return stem.length === 1 ? `${stem}X` : stem;
}

/** VIS for `vision`; VIS2, VIS3, … when that is taken. */
export function keyFrom(slug: string, taken: ReadonlySet<string>): string {
  const stem = keyStem(slug);
  if (!taken.has(stem)) return stem;
  for (let count = 2; ; count += 1) if (!taken.has(`${stem}${count}`)) return `${stem}${count}`;
}

/** VIS-42 → its key and number; null when it is not an experiment's key. */
export function parseExperimentKey(text: string): { readonly key: string; readonly number: number } | null {
  const [, key, digits] = /^([A-Z][A-Z0-9]{1,9})-([1-9]\d{0,8})$/.exec(text) ?? [];
  return key !== undefined && digits !== undefined ? { key, number: Number(digits) } : null;
}
