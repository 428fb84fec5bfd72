'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../_graphql/graphql.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { Field, Select } from '../../_ui/field.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { Section } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { ROLES, type ProjectRole } from '../people/roles.ts';
import type { SettingsProject } from './settings-query.ts';

const AddMember = graphql(`mutation AddMember($input: AddMemberInput!) { addMember(input: $input) { member { id role person { id name } } } }`);
const RemoveMember = graphql(`mutation RemoveMember($input: RemoveMemberInput!) { removeMember(input: $input) { project { id } } }`);

type Member = SettingsProject['members'][number];

/** Who belongs to a project, and as what. */
export function ProjectMembers({ project, onChange }: { readonly project: SettingsProject; readonly onChange: () => void }) {
  const [adding, add] = useMutation(AddMember);
  const [removing, remove] = useMutation(RemoveMember);
  const failure = failureOf(adding.error ?? removing.error);
  const mayChange = project.viewerCan.administer;
  const put = async (email: string, role: ProjectRole) => {
    const { data } = await add({ input: { project: project.slug, email, role } });
    if (data) onChange();
    return data !== undefined && data !== null;
  };
  const take = async (member: Member) => {
    const { data } = await remove({ input: { project: project.slug, email: member.person.email ?? '' } });
    if (data) onChange();
  };
  return (
    <Section title="Members" count={project.members.length}>
      {project.members.length > 0 ? (
        <DataTable
          label="Members" rows={project.members} rowKey={(member) => member.id}
          columns={[
            { key: 'name', head: 'name', cell: ({ person }) => <span className="row"><Initials named letters={person.initials} name={person.name} /><span className="font-medium">{person.name}</span></span> },
            { key: 'email', head: 'e-mail', leaves: 'narrow', cell: ({ person }) => <span className="text-ink-2">{person.email ?? ''}</span> },
            { key: 'role', head: 'role', width: '152px', cell: (member) => (mayChange && member.person.email ? <Select quiet label={`Role of ${member.person.name}`} value={member.role} choices={ROLES.map(({ value }) => ({ value, label: value.toLowerCase() }))} onChoose={(role) => { void put(member.person.email ?? '', role); }} /> : member.role.toLowerCase()) },
            ...(mayChange ? [{ key: 'remove', head: <span className="vh">remove</span>, width: '96px', cell: (member: Member) => <span className="flex justify-end"><Button small look="bare" onClick={() => { void take(member); }} aria-label={`Remove ${member.person.name}`}>Remove</Button></span> }] : []),
          ]}
        />
      ) : <p className="hint pt-3">Nobody is a member by name. The organization&apos;s owners may do everything here.</p>}
      {failure ? <div className="mt-3"><ErrorNote title={failure.message} /></div> : null}
      {mayChange ? <AddForm onAdd={put} busy={adding.fetching} /> : null}
    </Section>
  );
}

function AddForm({ onAdd, busy }: { readonly onAdd: (email: string, role: ProjectRole) => Promise<boolean>; readonly busy: boolean }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<ProjectRole>('MEMBER');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await onAdd(email.trim(), role)) setEmail('');
  };
  return (
    <form className="mt-4 flex flex-wrap items-end gap-2" onSubmit={(event) => { void submit(event); }}>
      <div className="min-w-[200px] flex-1"><Field label="Add someone by e-mail" type="email" required value={email} onChange={(event) => setEmail(event.target.value)} /></div>
      <div className="w-[280px] max-w-full"><Select label="As" value={role} choices={ROLES} onChoose={setRole} /></div>
      <Button type="submit" className="h-8" disabled={busy}>Add</Button>
    </form>
  );
}
