'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useMutation } from 'urql';
import { graphql } from '../../_graphql/graphql.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { PageHead } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { draftOf, inputOf } from './draft.ts';
import { HypothesisForm } from './hypothesis-form.tsx';
import { UpdateHypothesis, type WholeHypothesis } from './hypothesis-query.ts';
import { useDraft } from './use-draft.ts';

const MetricsQuery = graphql(`query EditHypothesisMetrics($slug: String!) { project(slug: $slug) { id metricKeys(first: 50) } }`);

/** The same form, for a hypothesis that is there already. */
export function EditHypothesis({ hypothesis }: { readonly hypothesis: WholeHypothesis }) {
  const router = useRouter();
  const { draft, change, forget } = useDraft(`hypothesis ${hypothesis.id}`, draftOf(hypothesis));
  const [{ data }] = useQuery({ query: MetricsQuery, variables: { slug: hypothesis.project.slug } });
  const [saving, save] = useMutation(UpdateHypothesis);
  // What is changed is what was read here: the page goes on following what others write.
  const [version] = useState(hypothesis.version);
  const tested = hypothesis.experiments.nodes.some((test) => test.verdict);
  const submit = async () => {
    const { data: saved } = await save({ input: { hypothesis: hypothesis.id, version, ...inputOf(draft) } });
    if (!saved) return;
    forget();
    router.push(`/h/${hypothesis.id}`);
  };
  return (
    <>
      <PageHead title="Change the hypothesis" />
      {tested ? <div className="mt-4"><ErrorNote quiet title="It has been tested already."><p>Changing the metric, the direction or the bar computes every verdict again and makes approvals stale. What it said before stays in the activity.</p></ErrorNote></div> : null}
      <HypothesisForm draft={draft} onChange={change} metricKeys={data?.project?.metricKeys ?? []} submit="Save the change" busy={saving.fetching} failure={failureOf(saving.error)} onSubmit={() => { void submit(); }} />
    </>
  );
}
