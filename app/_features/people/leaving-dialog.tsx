import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { DisablePerson, type OrganizationPerson } from './people-query.ts';

/** Asks before somebody is shut out. */
export function LeavingDialog({ person, onClose }: { readonly person: OrganizationPerson; readonly onClose: () => void }) {
  const [{ error, fetching }, disable] = useMutation(DisablePerson);
  const failure = failureOf(error);
  const go = async (): Promise<void> => {
    if ((await disable({ input: { person: person.id } })).error) return;
    toast.success(`${person.name} is signed out everywhere.`);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`Disable ${person.name}?`} about="They are signed out everywhere, and their tokens stop working at once: training that logs with one will fail. What they ran, wrote and approved stays; what they objected to binds nobody any more.">
      {failure ? <ErrorNote title={failure.message} /> : null}
      <DialogButtons><Button look="primary" disabled={fetching} onClick={() => void go()}>Disable</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </Dialog>
  );
}
