'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { ErrorNote, Loading } from '../../_ui/waiting.tsx';
import type { ResultOf } from '../../_graphql/graphql.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { ProjectHypotheses, SetHypothesis } from './experiment-documents.ts';

interface AttachHypothesisDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly experimentKey: string;
  readonly slug: string;
}

/** Picks one of the project's hypotheses for an exploratory experiment. */
export function AttachHypothesisDialog(props: AttachHypothesisDialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Attach a hypothesis" about="It was better written before the first run. Lemma keeps the time at which it was attached.">
      <HypothesisPicker {...props} />
    </Dialog>
  );
}

function HypothesisPicker({ experimentKey, slug, onClose }: AttachHypothesisDialogProps) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [{ data, fetching }] = useQuery({ query: ProjectHypotheses, variables: { slug } });
  const [{ fetching: attaching, error }, attach] = useMutation(SetHypothesis);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const all = data?.project?.hypotheses.nodes ?? [];
  const shown = all.filter((one) => words.every((word) => `${one.statement} ${one.metric ?? ''}`.toLowerCase().includes(word)));
  const submit = async (): Promise<void> => {
    if (chosen === null) return;
    if ((await attach({ input: { experiment: experimentKey, hypothesis: chosen } })).error !== undefined) return;
    toast.success('Attached. The verdict is being computed.');
    onClose();
  };
  if (fetching && data === undefined) return <Loading rows={3} />;
  if (all.length === 0) return <p className="text-ink-2">This project has no hypotheses yet. Write one instead.</p>;
  return (
    <div className="grid gap-4">
      {all.length > 5 && <Field label="Filter hypotheses" quiet placeholder="Filter hypotheses" value={text} onChange={(event) => setText(event.target.value)} />}
      <fieldset className="pick"><legend className="vh">Hypotheses</legend>
        <Choices shown={shown} text={text} chosen={chosen} onChoose={setChosen} />
      </fieldset>
      {error !== undefined && <ErrorNote title={failureOf(error)?.message ?? 'It could not be attached.'} />}
      <DialogButtons><Button look="primary" disabled={chosen === null || attaching} onClick={() => void submit()}>Attach</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </div>
  );
}

type Candidate = NonNullable<ResultOf<typeof ProjectHypotheses>['project']>['hypotheses']['nodes'][number];

function Choices({ shown, text, chosen, onChoose }: { readonly shown: readonly Candidate[]; readonly text: string; readonly chosen: string | null; readonly onChoose: (id: string) => void }) {
  if (shown.length === 0) return <p className="text-ink-3">None holds “{text}”.</p>;
  return shown.map((one) => (
    <label key={one.id} className="tick">
      <input type="radio" name="hypothesis" checked={chosen === one.id} onChange={() => onChoose(one.id)} />
      <span className="serif text-14">{one.statement} <span className="text-12 text-ink-3">{one.status.toLowerCase()}, {one.grade.toLowerCase()}</span></span>
    </label>
  ));
}
