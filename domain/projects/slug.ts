import { badInput } from '../refusal.ts';

const SLUG = /^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/;
const LONGEST = 60;

/** A slug is what stands in addresses and in MLflow experiment names before the first slash. */
export function checkSlug(slug: string): string {
  if (slug.length > LONGEST || !SLUG.test(slug)) {
    throw badInput('project/slug', `A slug is 1 to ${LONGEST} lower-case letters and digits, with single hyphens, dots or underscores between them, such as vision-team.`);
  }
  return slug;
}

/** The slug nearest to a free text; null when nothing of it can stand in one. */
export function slugFrom(text: string): string | null {
  const slug = text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9._-]+/g, '-').replace(/[-_.]{2,}/g, '-').slice(0, LONGEST).replace(/^[-_.]+|[-_.]+$/g, '');
  return slug === '' ? null : slug;
}
