import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { WithdrawInvitation, type OpenInvitation } from './people-query.ts';

/** Who was asked in and has not come yet. */
export function Invitations({ invitations, again }: { readonly invitations: readonly OpenInvitation[]; readonly again: () => void }) {
  const [{ fetching }, withdraw] = useMutation(WithdrawInvitation);
  const takeBack = async ({ id, email }: OpenInvitation): Promise<void> => {
    const failure = failureOf((await withdraw({ input: { invitation: id } })).error);
    if (failure === null) toast.success(`The invitation of ${email} was withdrawn; its link leads nowhere now.`);
    else toast.error(failure.message);
    again();
  };
  return (
    <Section title="Invited" count={invitations.length}>
      <DataTable
        label="Invitations" rows={invitations} rowKey={(invitation) => invitation.id}
        columns={[
          { key: 'email', head: 'e-mail', cell: (invitation) => invitation.email },
          { key: 'project', head: 'project', leaves: 'narrow', cell: (invitation) => (invitation.project ? `${invitation.project.name}, ${(invitation.role ?? 'member').toLowerCase()}` : <span className="hint">organization only</span>) },
          { key: 'expires', head: 'runs out', kind: 'number', cell: (invitation) => <span className="text-ink-3"><RelativeTime at={invitation.expiresAt} /></span> },
          { key: 'withdraw', head: <span className="vh">actions</span>, width: '96px', cell: (invitation) => <span className="flex justify-end"><Button small look="bare" disabled={fetching} onClick={() => void takeBack(invitation)} aria-label={`Withdraw the invitation of ${invitation.email}`}>Withdraw</Button></span> },
        ]}
      />
    </Section>
  );
}
