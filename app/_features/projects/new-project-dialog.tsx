'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { slugFrom } from '../../../domain/projects/slug.ts';
import { graphql } from '../../_graphql/graphql.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field, Textarea, Tick } from '../../_ui/field.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';

const CreateProject = graphql(`mutation CreateProject($input: CreateProjectInput!) { createProject(input: $input) { project { id slug } } }`);

/** Makes a project. Its short name is what scripts write before the slash. */
export function NewProjectDialog({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter();
  const [name, setName] = useState('');
  /** Null until someone writes one: it then follows the name. */
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const [description, setDescription] = useState('');
  const [restricted, setRestricted] = useState(false);
  const [creating, create] = useMutation(CreateProject);
  const failure = failureOf(creating.error);
  const slug = ownSlug ?? slugFrom(name) ?? '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { data } = await create({ input: { slug, name: name.trim(), description: description.trim() || null, restricted } });
    if (data) router.push(`/p/${data.createProject.project.slug}`);
  };
  return (
    <Dialog open onClose={onClose} title="New project">
      <form className="grid gap-4" onSubmit={(event) => { void submit(event); }}>
        <Field label="Name" required maxLength={200} value={name} autoFocus onChange={(event) => setName(event.target.value)} />
        <Field label="Short name" required className="mono" maxLength={60} value={slug} spellCheck={false} autoCapitalize="none" onChange={(event) => setOwnSlug(event.target.value)} hint={<>Scripts log to <span className="mono">{slug || '…'}/&lt;experiment&gt;</span>.</>} />
        <Textarea label="The question it asks" rows={2} value={description} onChange={(event) => setDescription(event.target.value)} />
        <Tick label="Restricted to its members" hint="Without this, everyone in the organization reads it." checked={restricted} onChange={(event) => setRestricted(event.target.checked)} />
        {failure ? <ErrorNote title={failure.message} /> : null}
        <DialogButtons><Button type="submit" look="primary" disabled={creating.fetching || name.trim() === '' || slug === ''}>Make it</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
      </form>
    </Dialog>
  );
}
