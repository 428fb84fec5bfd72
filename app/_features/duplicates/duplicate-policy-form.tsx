'use client';

import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Select } from '../../_ui/field.tsx';
import { Section } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { DuplicatePolicyQuery, SetDuplicatePolicy } from './duplicate-documents.ts';

const CHOICES = [{ value: 'WARN', label: 'say so and go on' }, { value: 'STOP', label: 'stop until there is a reason' }] as const;

/** What comes of a run that was done before. */
export function DuplicatePolicyForm({ slug, locked }: { readonly slug: string; readonly locked: boolean }) {
  const [{ data }] = useQuery({ query: DuplicatePolicyQuery, variables: { slug } });
  const [{ error }, set] = useMutation(SetDuplicatePolicy);
  const failure = failureOf(error);
  const project = data?.project;
  if (!project) return null;
  return (
    <Section title="Duplicates">
      <div className="grid max-w-[560px] gap-4 pt-4">
        <Select label="A run that was done before" value={project.duplicatePolicy} choices={CHOICES} disabled={locked} onChoose={(policy) => { void set({ input: { project: slug, policy } }); }} hint="Lemma’s own client asks before it starts. An MLflow client does not ask, so its runs are told of on their pages." />
        {failure ? <ErrorNote title={failure.message} /> : null}
      </div>
    </Section>
  );
}
