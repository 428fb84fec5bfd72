import type { NoteSubjectNode } from './note-documents.ts';

export interface NamedPlace { readonly label: string; readonly href: string; readonly kind: string }

/** What a note is about, as a link. */
export function placeOf(subject: NoteSubjectNode | null): NamedPlace | null {
  switch (subject?.__typename) {
    case 'Project': return { label: subject.name, href: `/p/${subject.slug}?view=notes`, kind: 'project' };
    case 'Hypothesis': return { label: subject.statement, href: `/h/${subject.id}`, kind: 'hypothesis' };
    case 'Experiment': return { label: `${subject.key} ${subject.name}`, href: `/e/${subject.key}`, kind: 'experiment' };
    case 'Run': return { label: subject.name, href: `/r/${subject.id}`, kind: 'run' };
    case 'Meeting': return { label: subject.title, href: `/m/${subject.id}`, kind: 'meeting' };
    case 'Note': return { label: subject.title, href: `/n/${subject.id}`, kind: 'note' };
    case 'Thread': case 'Variant': case undefined: return null;
  }
}

/** The experiment that evidence in such a note is most likely about. */
export function nearestExperiment(subject: NoteSubjectNode | null): { readonly id: string; readonly key: string } | null {
  if (subject?.__typename === 'Experiment') return { id: subject.id, key: subject.key };
  return subject?.__typename === 'Run' ? { id: subject.experiment.id, key: subject.experiment.key } : null;
}
