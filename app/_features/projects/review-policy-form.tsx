'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Field, Select, Tick } from '../../_ui/field.tsx';
import { Section } from '../../_ui/section.tsx';
import { SetReviewPolicy, type SettingsProject } from './settings-query.ts';

type Policy = SettingsProject['reviewPolicy'];

const ROLES = [{ value: 'MEMBER', label: 'member' }, { value: 'REVIEWER', label: 'reviewer' }, { value: 'MAINTAINER', label: 'maintainer' }, { value: 'OWNER', label: 'owner' }] as const;
const CHECKS = [
  ['stated', 'stated before the runs'], ['attribution', 'one change, or a design for several'], ['repeats', 'enough repeats'], ['settled', 'all runs ended'], ['baseline', 'baseline current'],
  ['duplicates', 'no duplicate'], ['reproducible', 'can be run again'], ['split', 'training and held-out data differ'], ['jump', 'no suspicious jump'], ['test-metric', 'not chosen by a test metric'],
  ['left-out', 'no run left out'], ['test-untouched', 'test set untouched, a person says'], ['plausible', 'the result makes sense, a person says'],
] as const;
const KINDS = [
  ['RUNS', 'runs'], ['METRICS', 'values of metrics'], ['VERDICT', 'the verdict'], ['HYPOTHESIS', 'the hypothesis'], ['DESCRIPTION', 'the description'], ['DESIGN', 'the design'],
  ['BASELINE', 'the baseline'], ['CODE', 'code'], ['DATA', 'data'], ['CONFIG', 'config'], ['ENVIRONMENT', 'environment'], ['PROJECT', 'the project it is in'],
] as const;
const RISKS = [{ value: 'NEVER', label: 'never' }, { value: 'MINIMAL', label: 'minimal risk' }, { value: 'LIMITED', label: 'limited risk' }, { value: 'HIGH', label: 'high risk' }, { value: 'PROHIBITED', label: 'prohibited only' }] as const;

/** What the project asks of its reviews; a preset fills it in, and each part can be changed. */
export function ReviewPolicyForm({ project }: { readonly project: SettingsProject }) {
  // Another preset is another form.
  return <PolicyFields key={JSON.stringify(project.reviewPolicy)} project={project} policy={project.reviewPolicy} />;
}

const toggled = <Value,>(list: readonly Value[], value: Value): readonly Value[] => (list.includes(value) ? list.filter((one) => one !== value) : [...list, value]);
const addresses = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

function PolicyFields({ project, policy }: { readonly project: SettingsProject; readonly policy: Policy }) {
  const [approvals, setApprovals] = useState(String(policy.approvals));
  const [role, setRole] = useState(policy.role);
  const [ownWork, setOwnWork] = useState(policy.ownWork);
  const [ownRuns, setOwnRuns] = useState(policy.ownRuns);
  const [checks, setChecks] = useState<readonly string[]>(policy.requiredChecks);
  const [material, setMaterial] = useState<Policy['material']>(policy.material);
  const [risk, setRisk] = useState<(typeof RISKS)[number]['value']>(policy.ethicsFrom ?? 'NEVER');
  const [people, setPeople] = useState(policy.ethicsReviewers.map(({ email }) => email ?? '').filter(Boolean).join(', '));
  const [{ fetching, error, data }, set] = useMutation(SetReviewPolicy);
  const locked = !project.viewerCanReviewRules.editPolicy;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    void set({ input: { project: project.slug, approvals: Number(approvals), role, ownWork, ownRuns, requiredChecks: [...checks], material: [...material], ethicsFrom: risk === 'NEVER' ? null : risk, ethicsReviewers: addresses(people) } });
  };
  return (
    <Section title="Reviews">
      <form className="grid max-w-[560px] gap-4 pt-4" onSubmit={save}>
        <div className="grid grid-cols-2 gap-4">
          <Field label="Approvals needed" type="number" min={1} max={10} value={approvals} disabled={locked} onChange={(event) => setApprovals(event.target.value)} />
          <Select label="By at least a" value={role === 'VIEWER' ? 'REVIEWER' : role} choices={ROLES} disabled={locked} onChoose={setRole} />
        </div>
        <Tick label="Who created an experiment may approve it" checked={ownWork} disabled={locked} onChange={(event) => setOwnWork(event.target.checked)} />
        <Tick label="Who logged runs that an experiment counts may approve it" checked={ownRuns} disabled={locked} onChange={(event) => setOwnRuns(event.target.checked)} />
        <Choices legend="Checks that must be good before an approval" choices={CHECKS} chosen={checks} locked={locked} onToggle={(key) => setChecks(toggled(checks, key))} />
        <Choices legend="Changes that make an approval stale" choices={KINDS} chosen={material} locked={locked} onToggle={(key) => setMaterial([...toggled(material, key)])} />
        <Select label="Ethics must approve before sharing, from" value={risk} choices={RISKS} disabled={locked} onChoose={setRisk} hint="Data of people without recorded consent is of high risk at least." />
        <Field label="Who speaks for ethics" placeholder="E-mail addresses" value={people} disabled={locked} onChange={(event) => setPeople(event.target.value)} problem={failureOf(error)?.message ?? null} />
        {locked ? null : <div className="row"><Button type="submit" look="primary" disabled={fetching}>Save the policy</Button><span className="hint" role="status">{data && !fetching ? 'Saved.' : ''}</span></div>}
      </form>
    </Section>
  );
}

interface ChoicesProps<Key extends string> {
  readonly legend: string;
  readonly choices: readonly (readonly [Key, string])[];
  readonly chosen: readonly string[];
  readonly locked: boolean;
  readonly onToggle: (key: Key) => void;
}

function Choices<Key extends string>({ legend, choices, chosen, locked, onToggle }: ChoicesProps<Key>) {
  return (
    <fieldset>
      <legend className="t">{legend}</legend>
      <div className="grid grid-cols-1 sm:grid-cols-2 gap-x-4 gap-y-2 pt-2">{choices.map(([key, words]) => <Tick key={key} label={words} checked={chosen.includes(key)} disabled={locked} onChange={() => onToggle(key)} />)}</div>
    </fieldset>
  );
}
