import { badInput } from '../refusal.ts';

export function checkPersonName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 100) throw badInput('person/name', 'A name has 1 to 100 characters.');
  return name;
}

/** One or two letters that stand for a person beside what they wrote. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => /[\p{L}\p{N}]/u.exec(word ?? '')?.[0] ?? '');
  return letters.join('').toUpperCase() || '?';
}
