'use client';

import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { count } from '../../_ui/numbers.ts';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { ableOf, askedWords, type TeamToAsk } from './asked-words.ts';
import { PeopleToAsk, RequestReview } from './review-documents.ts';

interface RequestReviewDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly experiment: ExperimentDetail;
}

export function RequestReviewDialog({ open, onClose, experiment }: RequestReviewDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={`Ask for a review of ${experiment.key}`} about={wanted(experiment.project.reviewPolicy)}>
      <RequestForm experiment={experiment} onClose={onClose} />
    </Dialog>
  );
}

/** What the policy asks for, in a sentence. */
function wanted({ approvals, role, ownWork, ownRuns }: ExperimentDetail['project']['reviewPolicy']): string {
  const others = [ownWork ? [] : ['created the experiment'], ownRuns ? [] : ['logged its runs']].flat();
  const who = others.length === 2 ? ` who neither ${others.join(' nor ')}` : others.map((did) => ` who has not ${did}`).join('');
  return `${approvals === 1 ? 'One approval' : `${approvals} approvals`} by a ${role.toLowerCase()} or higher${who} ${approvals === 1 ? 'is' : 'are'} enough.`;
}

const isEmail = (text: string): boolean => /^\S+@\S+$/.test(text);

/** Whom to offer: of those who may review it, not oneself. Teams as they are. */
function useWhoToAsk({ key }: ExperimentDetail) {
  const [{ data }] = useQuery({ query: PeopleToAsk, variables: { key } });
  const able = data?.experiment?.reviewers ?? [];
  return { able: new Set(able.map(({ id }) => id)), people: able.filter(({ id, email }) => email !== null && id !== data?.viewer.person.id), known: data?.viewer.organization.teams ?? [] };
}

function RequestForm({ experiment, onClose }: Omit<RequestReviewDialogProps, 'open'>) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [teams, setTeams] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const [{ fetching, error }, ask] = useMutation(RequestReview);
  const { able, people, known } = useWhoToAsk(experiment);
  const matching = people.filter((person) => `${person.name} ${person.email ?? ''}`.toLowerCase().includes(text.trim().toLowerCase()));
  const reviewers = isEmail(text.trim()) && !chosen.includes(text.trim()) ? [...chosen, text.trim()] : chosen;
  const toggle = (email: string): void => setChosen((before) => (before.includes(email) ? before.filter((one) => one !== email) : [...before, email]));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data: answer, error: refused } = await ask({ input: { experiment: experiment.key, reviewers: [...reviewers], teams: [...teams] } });
    if (refused !== undefined) return;
    if (answer !== undefined) toast.success(askedWords(answer.requestReview.asked.map(({ reviewer }) => reviewer), known.filter(({ name }) => teams.includes(name))));
    onClose();
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field label="Who should look at it?" placeholder="Name or e-mail" value={text} onChange={(event) => setText(event.target.value)} problem={failureOf(error)?.message ?? null} autoFocus autoComplete="off" />
      <TeamChoices known={known} able={able} chosen={teams} onChoose={setTeams} />
      <fieldset className="pick"><legend className="vh">People</legend>
        {matching.slice(0, 20).map((person) => (
          <label key={person.id} className="tick">
            <input type="checkbox" checked={chosen.includes(person.email ?? '')} onChange={() => toggle(person.email ?? '')} />
            <span className="row"><Initials letters={person.initials} name={person.name} />{person.name} <span className="text-ink-3">{person.email}</span></span>
          </label>
        ))}
        {matching.length === 0 && <p className="hint">{isEmail(text.trim()) ? 'Press Ask to ask this address.' : 'Nobody else who may review here goes by that. Type the whole e-mail address.'}</p>}
      </fieldset>
      <DialogButtons><Button look="primary" type="submit" disabled={fetching || reviewers.length + teams.length === 0}>{reviewers.length < 2 ? 'Ask' : `Ask ${reviewers.length} people`}</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </form>
  );
}

const ableWords = (able: number, all: number): string => (able === all ? count(all, 'person', 'people') : `${able} of ${count(all, 'person', 'people')} may review`);

interface TeamChoicesProps {
  readonly known: readonly TeamToAsk[];
  /** Ids of those who may review it. */
  readonly able: ReadonlySet<string>;
  readonly chosen: readonly string[];
  readonly onChoose: (names: readonly string[]) => void;
}

/** Teams to ask, where somebody of them may review; the first answer of one is the team's. */
function TeamChoices({ known, able, chosen, onChoose }: TeamChoicesProps) {
  const offered = known.filter((team) => ableOf(team, able) > 0);
  if (offered.length === 0) return null;
  const toggle = (name: string): void => onChoose(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  return (
    <fieldset className="row wrap"><legend className="vh">Teams</legend>
      {offered.map((team) => <label key={team.id} className="tick"><input type="checkbox" checked={chosen.includes(team.name)} onChange={() => toggle(team.name)} /><span>{team.name} <span className="text-ink-3">{ableWords(ableOf(team, able), team.members.length)}</span></span></label>)}
    </fieldset>
  );
}
