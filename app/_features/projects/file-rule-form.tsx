'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { filesText, MOST_DAYS } from '../../../domain/artifacts/file-rule.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { Section } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { FileRuleQuery, FileRuleTry, SetFileRule } from './file-rule-documents.ts';

/** For how long the files of ended runs are kept. What a rule would remove is said before it is set. */
export function FileRuleForm({ slug, locked }: { readonly slug: string; readonly locked: boolean }) {
  const [{ data }] = useQuery({ query: FileRuleQuery, variables: { slug } });
  const project = data?.project;
  if (!project) return null;
  // Another rule is another form.
  return <RuleFields key={project.fileDays} slug={slug} days={project.fileDays} locked={locked} />;
}

/** Null for ever; undefined for what is no number of days. */
function daysIn(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const days = Number(text);
  return Number.isInteger(days) && days >= 1 && days <= MOST_DAYS ? days : undefined;
}

function RuleFields({ slug, days, locked }: { readonly slug: string; readonly days: number | null; readonly locked: boolean }) {
  const [text, setText] = useState(days === null ? '' : String(days));
  const [saving, set] = useMutation(SetFileRule);
  const asked = daysIn(text);
  const failure = failureOf(saving.error);
  const save = (event: FormEvent): void => { event.preventDefault(); if (asked !== undefined) void set({ input: { project: slug, days: asked } }); };
  return (
    <Section title="Files of runs">
      <form className="grid max-w-[560px] gap-4 pt-4" onSubmit={save}>
        <Field label="Keep the files of runs for so many days after they ended" type="number" min={1} max={MOST_DAYS} placeholder="for ever" value={text} disabled={locked} onChange={(event) => setText(event.target.value)} hint="Empty: for ever. A removed file cannot be brought back; its name, size and SHA-256 stay known." />
        <p className="hint">Never removed: files of running runs, of baselines, of what a verdict supports or finds best, of reviewed experiments, of runs that logged a model, of runs that notes or frozen links show, files that are discussed, and captured code.</p>
        {asked === null || asked === undefined || locked ? null : <WouldGo slug={slug} days={asked} />}
        {failure ? <ErrorNote title={failure.message} /> : null}
        {locked ? null : <div className="row"><Button type="submit" disabled={saving.fetching || asked === undefined || asked === days}>Save the rule</Button></div>}
      </form>
    </Section>
  );
}

function WouldGo({ slug, days }: { readonly slug: string; readonly days: number }) {
  const [{ data, fetching }] = useQuery({ query: FileRuleTry, variables: { slug, days }, requestPolicy: 'network-only' });
  const found = data?.project?.fileRuleTry;
  return <p className="hint" role="status">{found && !fetching ? `With ${days} ${days === 1 ? 'day' : 'days'} this removes ${filesText(found)} now.` : 'Counting what would go …'}</p>;
}
