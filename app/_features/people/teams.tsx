import { useState } from 'react';
import { Ellipsis } from 'lucide-react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { Menu, MenuItem } from '../../_ui/menu.tsx';
import { Section } from '../../_ui/section.tsx';
import { DeleteTeam, type OrganizationPerson, type OrganizationTeam } from './people-query.ts';
import { TeamDialog } from './team-dialog.tsx';

interface TeamsProps {
  readonly teams: readonly OrganizationTeam[];
  readonly people: readonly OrganizationPerson[];
  readonly mayChange: boolean;
  readonly again: () => void;
}

/** Who is asked together: a review asked of a team is answered by whoever of it answers first. */
export function Teams({ teams, people, mayChange, again }: TeamsProps) {
  /** The team in the dialog; "new" for one that is being made. */
  const [shown, setShown] = useState<OrganizationTeam | 'new' | null>(null);
  const [, remove] = useMutation(DeleteTeam);
  const forget = async ({ id, name }: OrganizationTeam): Promise<void> => {
    const failure = failureOf((await remove({ input: { team: id } })).error);
    if (failure === null) toast.success(`${name} is deleted; its people stay.`);
    else toast.error(failure.message);
    again();
  };
  return (
    <Section title="Teams" count={teams.length} aside={mayChange ? <Button small onClick={() => setShown('new')}>Make a team</Button> : null}>
      {teams.length === 0 ? <p className="hint pt-3">People of a team are asked for a review together, and the first answer is the team’s.{mayChange ? '' : ' An owner of the organization makes teams.'}</p> : (
        <DataTable
          label="Teams" rows={teams} rowKey={(team) => team.id}
          columns={[
            { key: 'name', head: 'name', cell: (team) => <span className="font-medium">{team.name}</span> },
            { key: 'members', head: 'people', cell: (team) => <span className="text-ink-2">{team.members.length === 0 ? 'nobody yet' : team.members.map(({ name }) => name).join(', ')}</span> },
            ...(mayChange ? [{ key: 'actions', head: <span className="vh">actions</span>, width: '44px', cell: (team: OrganizationTeam) => (
              <span className="flex justify-end">
                <Menu align="end" trigger={<Button icon look="bare" aria-label={`Actions for ${team.name}`}><Ellipsis aria-hidden="true" /></Button>}>
                  <MenuItem onSelect={() => setShown(team)}>Change…</MenuItem>
                  <MenuItem onSelect={() => void forget(team)}>Delete</MenuItem>
                </Menu>
              </span>
            ) }] : []),
          ]}
        />
      )}
      {shown === null ? null : <TeamDialog team={shown === 'new' ? null : shown} people={people} onClose={() => { setShown(null); again(); }} />}
    </Section>
  );
}
