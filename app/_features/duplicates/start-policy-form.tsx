'use client';

import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Select } from '../../_ui/field.tsx';
import { Section } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { DuplicatePolicyQuery, SetChangesPolicy, SetDuplicatePolicy } from './duplicate-documents.ts';

const CHOICES = [{ value: 'WARN', label: 'say so and go on' }, { value: 'STOP', label: 'stop until there is a reason' }] as const;

/** What is asked before a run starts: whether it was done before, and whether it changes too much at once. */
export function StartPolicyForm({ slug, locked }: { readonly slug: string; readonly locked: boolean }) {
  const [{ data }] = useQuery({ query: DuplicatePolicyQuery, variables: { slug } });
  const [again, setAgain] = useMutation(SetDuplicatePolicy);
  const [many, setMany] = useMutation(SetChangesPolicy);
  const failure = failureOf(again.error ?? many.error);
  const project = data?.project;
  if (!project) return null;
  return (
    <Section title="Before a run starts">
      <div className="grid max-w-[560px] gap-4 pt-4">
        <Select label="A run that was done before" value={project.duplicatePolicy} choices={CHOICES} disabled={locked} onChoose={(policy) => { void setAgain({ input: { project: slug, policy } }); }} />
        <Select label="A run that changes several variables at once" value={project.changesPolicy} choices={CHOICES} disabled={locked} onChoose={(policy) => { void setMany({ input: { project: slug, policy } }); }} hint="Factorial and ablation designs do so on purpose, and are never stopped." />
        <p className="hint">Lemma’s own client asks before it starts. An MLflow client does not ask, so its runs are told of on their pages.</p>
        {failure ? <ErrorNote title={failure.message} /> : null}
      </div>
    </Section>
  );
}
