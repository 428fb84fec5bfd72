import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { SaveTeam, type OrganizationPerson, type OrganizationTeam } from './people-query.ts';

interface TeamDialogProps {
  /** Null for one that is being made. */
  readonly team: OrganizationTeam | null;
  readonly people: readonly OrganizationPerson[];
  readonly onClose: () => void;
}

/** What a team is called and who is in it. */
export function TeamDialog({ team, people, onClose }: TeamDialogProps) {
  const [name, setName] = useState(team?.name ?? '');
  const [members, setMembers] = useState<ReadonlySet<string>>(new Set(team?.members.flatMap(({ email }) => email ?? []) ?? []));
  const [{ error, fetching }, save] = useMutation(SaveTeam);
  const failure = failureOf(error);
  const toggle = (email: string): void => setMembers((before) => { const next = new Set(before); if (!next.delete(email)) next.add(email); return next; });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await save({ input: { team: team?.id ?? null, name: name.trim(), members: [...members] } })).error === undefined) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={team ? `Change ${team.name}` : 'Make a team'} about="Whoever of a team may review is asked; the first answer is the team’s.">
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <Field label="Name" required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} autoFocus autoComplete="off" />
        <fieldset className="pick"><legend className="vh">People</legend>
          {people.filter((person) => person.email !== null && !person.disabled).map((person) => (
            <label key={person.id} className="tick">
              <input type="checkbox" checked={members.has(person.email ?? '')} onChange={() => toggle(person.email ?? '')} />
              <span className="row"><Initials letters={person.initials} name={person.name} />{person.name} <span className="text-ink-3">{person.email}</span></span>
            </label>
          ))}
        </fieldset>
        {failure ? <ErrorNote title={failure.message} /> : null}
        <DialogButtons><Button type="submit" look="primary" disabled={fetching || name.trim() === ''}>{team ? 'Save' : 'Make the team'}</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
      </form>
    </Dialog>
  );
}
