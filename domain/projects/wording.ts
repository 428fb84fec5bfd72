import { badInput } from '../refusal.ts';

export function checkProjectName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 120) throw badInput('project/name', "A project's name has 1 to 120 characters.");
  return name;
}

/** Markdown; nothing is null. */
export function checkProjectDescription(text: string | null | undefined): string | null {
  const description = text?.trim() ?? '';
  if (description.length > 20_000) throw badInput('project/description', "A project's description has at most 20,000 characters.");
  return description === '' ? null : description;
}
