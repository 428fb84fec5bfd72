'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Copyable } from '../../_ui/copyable.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field, Select } from '../../_ui/field.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { InvitePerson } from './people-query.ts';
import { ROLES, type ProjectRole } from './roles.ts';

interface InviteDialogProps { readonly projects: readonly { readonly slug: string; readonly name: string }[]; readonly onClose: () => void }

/** Makes a link that lets one person in; shown once, and mailed where mail is set up. */
export function InviteDialog({ projects, onClose }: InviteDialogProps) {
  const [email, setEmail] = useState('');
  const [project, setProject] = useState('');
  const [role, setRole] = useState<ProjectRole>('MEMBER');
  const [{ data, error, fetching }, invite] = useMutation(InvitePerson);
  const failure = failureOf(error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void invite({ input: { email: email.trim(), ...(project ? { project, role } : {}) } });
  };
  return (
    <Dialog open onClose={onClose} title="Invite someone" about={data ? undefined : 'They join the organization, and a project if you name one.'}>
      {data ? (
        <>
          <p>Hand this link to {data.invitePerson.invitation.email}. Where mail is set up, it was sent as well.</p>
          <Copyable secret label="the invitation" text={data.invitePerson.url} />
          <DialogButtons><Button look="primary" onClick={onClose}>Done</Button></DialogButtons>
        </>
      ) : (
        <form className="grid gap-4" onSubmit={submit}>
          <Field label="E-mail" type="email" required value={email} onChange={(event) => setEmail(event.target.value)} autoFocus />
          <Select label="Project" value={project} choices={[{ value: '', label: 'organization only' }, ...projects.map(({ slug, name }) => ({ value: slug, label: name }))]} onChoose={setProject} />
          {project ? <Select label="Role there" value={role} choices={ROLES} onChoose={setRole} /> : null}
          {failure ? <ErrorNote title={failure.message} /> : null}
          <DialogButtons><Button type="submit" look="primary" disabled={fetching}>Make the invitation</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
        </form>
      )}
    </Dialog>
  );
}
