import { Ellipsis } from 'lucide-react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Menu, MenuItem } from '../../_ui/menu.tsx';
import { EnablePerson, type OrganizationPerson } from './people-query.ts';

/** What needs a dialog first. */
export interface PersonActions {
  readonly reset: (person: OrganizationPerson) => void;
  readonly disable: (person: OrganizationPerson) => void;
}

/** What an owner may do for, and with, somebody of the organization. */
export function PersonMenu({ person, mine, actions }: { readonly person: OrganizationPerson; readonly mine: boolean; readonly actions: PersonActions }) {
  const [, enable] = useMutation(EnablePerson);
  const letIn = async (): Promise<void> => {
    const failure = failureOf((await enable({ input: { person: person.id } })).error);
    if (failure === null) toast.success(`${person.name} can sign in again.`);
    else toast.error(failure.message);
  };
  return (
    <Menu align="end" trigger={<Button icon look="bare" aria-label={`Actions for ${person.name}`}><Ellipsis aria-hidden="true" /></Button>}>
      <MenuItem disabled={person.email === null} onSelect={() => { actions.reset(person); }}>Reset password</MenuItem>
      {mine ? null : person.disabled ? <MenuItem onSelect={() => void letIn()}>Let in again</MenuItem> : <MenuItem onSelect={() => { actions.disable(person); }}>Disable</MenuItem>}
    </Menu>
  );
}
