'use client';

import { useState } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button, ButtonLink } from '../../_ui/button.tsx';
import { Copyable } from '../../_ui/copyable.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { Dialog } from '../../_ui/dialog.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { PageHead, Section } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { LeavingDialog } from './leaving-dialog.tsx';
import { MakeResetLink, PeopleQuery, type OrganizationPerson } from './people-query.ts';
import { PersonMenu, type PersonActions } from './person-menu.tsx';
import { Teams } from './teams.tsx';

/** Who belongs here, who is asked together, who is invited, and a new password for those who lost theirs. */
export function PeoplePage() {
  useCrumbs([{ label: 'People' }]);
  const [{ data, error, fetching }, refresh] = useQuery({ query: PeopleQuery, requestPolicy: 'cache-and-network' });
  const [inviting, setInviting] = useState(false);
  const [resetting, setResetting] = useState<OrganizationPerson | null>(null);
  const [leaving, setLeaving] = useState<OrganizationPerson | null>(null);
  if (!data) return <Absent failure={failureOf(error)} fetching={fetching} what="page" again={refresh} />;
  const { organization, viewerCan, localMode, signedIn } = data.viewer;
  return (
    <>
      <PageHead title="People" meta={<div className="meta"><span>{organization.name}</span><span>everyone here sees every project that is not restricted</span></div>}>
        {viewerCan.invite ? <Button look="primary" onClick={() => setInviting(true)}>Invite someone</Button> : null}
      </PageHead>
      {localMode && !signedIn ? <div className="mt-4 max-w-[640px]"><ErrorNote quiet title="You are the owner because this is your machine."><p>Nobody approves their own work: a second person needs an account of their own.</p><p className="mt-2 flex gap-2"><ButtonLink small href="/sign-up">Make an account</ButtonLink></p></ErrorNote></div> : null}
      <Section title="In the organization" count={organization.people.length}><PeopleTable people={organization.people} me={data.viewer.person.id} actions={viewerCan.manageOrganization ? { reset: setResetting, disable: setLeaving } : null} /></Section>
      <Teams teams={organization.teams} people={organization.people} mayChange={viewerCan.manageOrganization} again={refresh} />
      {organization.invitations.length > 0 ? <Invitations invitations={organization.invitations} again={refresh} /> : null}
      {inviting ? <InviteDialog projects={data.projects.nodes.filter((project) => project.viewerCan.administer)} onClose={() => { setInviting(false); refresh(); }} /> : null}
      {leaving ? <LeavingDialog person={leaving} onClose={() => setLeaving(null)} /> : null}
      {resetting ? <ResetDialog person={resetting} onClose={() => setResetting(null)} /> : null}
    </>
  );
}

function PeopleTable({ people, me, actions }: { readonly people: readonly OrganizationPerson[]; readonly me: string; readonly actions: PersonActions | null }) {
  return (
    <DataTable
      label="People" rows={people} rowKey={(person) => person.id}
      columns={[
        { key: 'name', head: 'name', cell: (person) => <span className="row"><Initials named letters={person.initials} name={person.name} /><span className="font-medium">{person.name}</span>{person.id === me ? <span className="hint">you</span> : null}{person.disabled ? <span className="hint">no longer here</span> : null}</span> },
        { key: 'email', head: 'e-mail', leaves: 'narrow', cell: (person) => <span className="text-ink-2">{person.email ?? ''}</span> },
        { key: 'role', head: 'organization', cell: (person) => person.organizationRole.toLowerCase() },
        { key: 'since', head: 'since', kind: 'number', leaves: 'narrow', cell: (person) => <span className="text-ink-3"><RelativeTime at={person.createdAt} /></span> },
        ...(actions ? [{ key: 'actions', head: <span className="vh">actions</span>, width: '44px', cell: (person: OrganizationPerson) => <span className="flex justify-end"><PersonMenu person={person} mine={person.id === me} actions={actions} /></span> }] : []),
      ]}
    />
  );
}

function ResetDialog({ person, onClose }: { readonly person: OrganizationPerson; readonly onClose: () => void }) {
  const [{ data, error, fetching }, make] = useMutation(MakeResetLink);
  const failure = failureOf(error);
  return (
    <Dialog open onClose={onClose} title={`A new password for ${person.name}`} about="The link works once. Whoever opens it chooses the password, so hand it over in a way you trust.">
      {failure ? <ErrorNote title={failure.message} /> : null}
      {data ? <Copyable secret label="the link" text={data.resetPassword.url} /> : <div className="flex gap-2"><Button look="primary" disabled={fetching} onClick={() => { void make({ input: { email: person.email ?? '' } }); }}>Make the link</Button><Button look="bare" onClick={onClose}>Cancel</Button></div>}
    </Dialog>
  );
}
