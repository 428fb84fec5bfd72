import type { NoteSubjectNode } from './note-documents.ts';

export interface NamedPlace { readonly label: string; readonly href: string; readonly kind: string }

/** What a note is about, as a link. */
export function placeOf(subject: NoteSubjectNode | null): NamedPlace | null {
  if (subject?.__typename === 'Project') return { label: subject.name, href: `/p/${subject.slug}?view=notes`, kind: 'project' };
  if (subject?.__typename === 'Hypothesis') return { label: subject.statement, href: `/h/${subject.id}`, kind: 'hypothesis' };
  if (subject?.__typename === 'Experiment') return { label: `${subject.key} ${subject.name}`, href: `/e/${subject.key}`, kind: 'experiment' };
  if (subject?.__typename === 'Run') return { label: subject.name, href: `/r/${subject.id}`, kind: 'run' };
  return subject?.__typename === 'Note' ? { label: subject.title, href: `/n/${subject.id}`, kind: 'note' } : null;
}

/** The experiment that evidence in such a note is most likely about. */
export function nearestExperiment(subject: NoteSubjectNode | null): { readonly id: string; readonly key: string } | null {
  if (subject?.__typename === 'Experiment') return { id: subject.id, key: subject.key };
  return subject?.__typename === 'Run' ? { id: subject.experiment.id, key: subject.experiment.key } : null;
}
