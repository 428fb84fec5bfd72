import type { Context } from '../context.ts';
import { stillVisible } from './still-visible.ts';
import { projectIdOfSubject } from './subject.ts';

export interface VisiblePlace { readonly subject: string; readonly projectId: string }

/** Aborts when the thing may not be seen any more, or with `leaving`: what listens to something quiet hears of nothing else that its right has ended. */
export function whileVisible(context: Context, place: VisiblePlace, leaving: AbortSignal): AbortSignal {
  const gone = new AbortController();
  const until = AbortSignal.any([leaving, gone.signal]);
  void goneFrom(context, place, until).catch(() => {}).finally(() => { gone.abort(); });
  return until;
}

/** Resolves when it may not be seen: rights change with the project, and with the project a thing is in. */
async function goneFrom(context: Context, { subject, projectId }: VisiblePlace, until: AbortSignal): Promise<void> {
  let home: string | null = projectId;
  const touched = context.changes.subscribe((change) => (change.noun === 'project' && change.projectId === home) || change.id === subject, until);
  for await (const _ of touched) {
    if (!(await stillVisible(context, async () => { home = await projectIdOfSubject(context, subject); return home !== null; }))) return;
  }
}
