'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../_graphql/graphql.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Field, Tick } from '../../_ui/field.tsx';
import { PageHead } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { ChangedVariableChip } from '../variants/changed-variable-chip.tsx';
import { SimilarHypotheses } from '../duplicates/similar-hypotheses.tsx';
import { inputOf } from './draft.ts';
import { HypothesisForm } from './hypothesis-form.tsx';
import { useDraft } from './use-draft.ts';

const FormQuery = graphql(`query HypothesisForm($slug: String!) { project(slug: $slug) { id slug name metricKeys(first: 50) viewerCan { write } } }`);
const ExperimentQuery = graphql(`query HypothesisFormExperiment($key: String!) { experiment(key: $key) { id key name exploratory metricKeys(first: 50) changedVariables { kind name from to } project { id slug name } } }`);
const Propose = graphql(`mutation ProposeHypothesis($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id } } }`);
const Attach = graphql(`mutation AttachHypothesis($input: SetHypothesisInput!) { setHypothesis(input: $input) { experiment { id key exploratory hypothesis { id statement change because metric direction minEffect status } } } }`);
const Plan = graphql(`mutation PlanExperiment($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { id key } } }`);

/** The guided form. With an experiment in the address, the hypothesis is written for it and ends its being exploratory. */
export function NewHypothesis({ slug }: { readonly slug: string }) {
  const experimentKey = useSearchParams().get('experiment');
  const [{ data, error, fetching }, again] = useQuery({ query: FormQuery, variables: { slug } });
  const project = data?.project ?? null;
  useCrumbs([{ label: project?.name ?? slug, href: `/p/${slug}` }, ...(experimentKey ? [{ label: experimentKey, href: `/e/${experimentKey}`, mono: true }] : []), { label: 'New hypothesis' }], slug);
  if (!project) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={again} />;
  if (!project.viewerCan.write) return <ErrorNote quiet title="Writing a hypothesis here needs the role member or higher."><p>An owner of the project can give it to you under Settings.</p></ErrorNote>;
  if (experimentKey) return <ForExperiment slug={slug} experimentKey={experimentKey} metricKeys={project.metricKeys} />;
  return <><PageHead title="New hypothesis" /><Proposal slug={slug} experimentKey={null} metricKeys={project.metricKeys} /></>;
}

function ForExperiment({ slug, experimentKey, metricKeys }: { readonly slug: string; readonly experimentKey: string; readonly metricKeys: readonly string[] }) {
  const [{ data, error, fetching }, again] = useQuery({ query: ExperimentQuery, variables: { key: experimentKey } });
  const experiment = data?.experiment ?? null;
  if (!experiment) return <Absent failure={failureOf(error)} fetching={fetching} what="experiment" again={again} />;
  const changes = experiment.changedVariables.slice(0, 6);
  return (
    <>
      <PageHead
        title={<>What does “{experiment.name}” test?</>}
        meta={changes.length > 0 ? <div className="mt-2 flex flex-wrap gap-2"><span className="hint self-center">Its runs differ in</span>{changes.map((change) => <ChangedVariableChip key={`${change.kind}${change.name}`} of={change} />)}</div> : null}
      />
      <Proposal slug={slug} experimentKey={experimentKey} metricKeys={[...new Set([...experiment.metricKeys, ...metricKeys])]} />
    </>
  );
}

function Proposal({ slug, experimentKey, metricKeys }: { readonly slug: string; readonly experimentKey: string | null; readonly metricKeys: readonly string[] }) {
  const router = useRouter();
  const { draft, change, forget } = useDraft(`${slug} ${experimentKey ?? 'new'}`);
  const [planning, setPlanning] = useState(true);
  const [name, setName] = useState('');
  /** Kept when only the second step failed, so that trying again does not propose twice. */
  const [proposed, setProposed] = useState<string | null>(null);
  const [proposing, propose] = useMutation(Propose);
  const [attaching, attach] = useMutation(Attach);
  const [planned, plan] = useMutation(Plan);

  const submit = async () => {
    const hypothesis = proposed ?? (await propose({ input: { project: slug, ...inputOf(draft) } })).data?.proposeHypothesis.hypothesis.id;
    if (!hypothesis) return;
    setProposed(hypothesis);
    const next = experimentKey
      ? (await attach({ input: { experiment: experimentKey, hypothesis } })).data && `/e/${experimentKey}`
      : planning
        ? await plan({ input: { project: slug, name: name.trim() || inputOf(draft).statement.slice(0, 120), hypothesis } }).then(({ data }) => data && `/e/${data.createExperiment.experiment.key}`)
        : `/h/${hypothesis}`;
    if (!next) return;
    forget();
    router.push(next);
  };

  return (
    <HypothesisForm
      draft={draft} onChange={change} metricKeys={metricKeys} submit={experimentKey ? 'Attach it' : 'Propose it'}
      busy={proposing.fetching || attaching.fetching || planned.fetching} failure={failureOf(proposing.error ?? attaching.error ?? planned.error)} onSubmit={() => { void submit(); }}
      beside={<SimilarHypotheses project={slug} draft={draft} />}
    >
      {experimentKey ? null : (
        <div className="grid gap-3">
          <Tick label="Plan its experiment too" hint="Scripts then log to it by its name." checked={planning} onChange={(event) => setPlanning(event.target.checked)} />
          {planning ? <div className="max-w-[400px]"><Field label="Name of the experiment" value={name} maxLength={200} placeholder={draft.change.trim() ? draft.change.trim().slice(0, 60) : 'mixup'} onChange={(event) => setName(event.target.value)} hint={<>MLflow name: <span className="mono">{slug}/{name.trim() || '…'}</span></>} /></div> : null}
        </div>
      )}
    </HypothesisForm>
  );
}
