/** What a share page shows, as far as its heading needs it. */
export type Asked =
  | { readonly subject: 'experiment' | 'hypothesis'; readonly title: string; readonly hypothesis: { readonly change: string | null; readonly direction: string | null; readonly metric: string | null } }
  | { readonly subject: 'run'; readonly run: { readonly name: string } }
  | { readonly subject: 'comparison'; readonly title: string; readonly comparison: { readonly runs: readonly unknown[] } }
  | { readonly subject: 'lineage'; readonly title: string; readonly lineage: { readonly of: 'experiment' | 'project'; readonly best: { readonly metric: string } | null } }
  | { readonly subject: 'note'; readonly title: string };

/** The question a stakeholder has, made of the hypothesis' parts; the title where they are missing. */
export function questionOf(page: Asked): string {
  switch (page.subject) {
    case 'experiment': case 'hypothesis': return hypothesisQuestion(page.title, page.hypothesis);
    case 'run': return `What did ${page.run.name === 'A run' ? 'one run' : page.run.name} measure?`;
    case 'comparison': return `What differs between ${page.comparison.runs.length} runs of ${page.title}?`;
    case 'lineage': return lineageQuestion(page);
    case 'note': return page.title;
  }
}

/** The title of a project that is not named. */
export const UNNAMED_PROJECT = 'a project';

function lineageQuestion({ title, lineage: { of, best } }: Extract<Asked, { readonly subject: 'lineage' }>): string {
  if (of === 'experiment') return `What did ${title} build on, and what came of it?`;
  const where = title === UNNAMED_PROJECT ? '' : ` in ${title}`;
  return best === null ? `What was tried${where}, and what came of it?` : `What led to the best ${best.metric}${where}?`;
}

function hypothesisQuestion(title: string, { change, direction, metric }: Extract<Asked, { readonly subject: 'hypothesis' | 'experiment' }>['hypothesis']): string {
  if (!change || !direction || !metric) return title;
  return `Does ${change.replace(/[.?\s]+$/, '')} ${direction.toLowerCase()} ${metric}?`;
}
