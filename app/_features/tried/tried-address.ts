/** Where it says what was tried: in a project, or in all that one may see. */
export function triedAddress(about: string, slug: string | null): string {
  const path = slug === null ? '/tried' : `/p/${encodeURIComponent(slug)}/tried`;
  return about === '' ? path : `${path}?${new URLSearchParams({ about }).toString()}`;
}

/** The same as a file: a table for a spreadsheet, or Markdown for a report. */
export const triedFile = (about: string, slug: string | null, form: 'csv' | 'md'): string =>
  `/api/v1${slug === null ? '' : `/projects/${encodeURIComponent(slug)}`}/tried.${form}?${new URLSearchParams({ about }).toString()}`;
