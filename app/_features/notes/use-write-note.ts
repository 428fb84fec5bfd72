'use client';

import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { CreateNote } from './note-documents.ts';

/** Begins a note about something and opens it, ready to be named. */
export function useWriteNote(): { readonly write: (subject: string, title?: string) => Promise<void>; readonly writing: boolean } {
  const router = useRouter();
  const [{ fetching }, create] = useMutation(CreateNote);
  const write = async (subject: string, title = 'Untitled'): Promise<void> => {
    const { data, error } = await create({ input: { subject, title } });
    const failure = failureOf(error);
    if (failure !== null) toast.error(failure.message);
    else if (data) router.push(`/n/${data.createNote.note.id}?new`);
  };
  return { write, writing: fetching };
}
