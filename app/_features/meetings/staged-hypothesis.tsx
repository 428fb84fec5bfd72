'use client';

import Link from 'next/link';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Absent } from '../../_ui/absent.tsx';
import { Section } from '../../_ui/section.tsx';
import { EvidenceLedger } from '../hypotheses/evidence-ledger.tsx';
import { HypothesisQuery } from '../hypotheses/hypothesis-query.ts';
import { HypothesisSentence } from '../hypotheses/hypothesis-sentence.tsx';
import { VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';

/** The hypothesis with every test of it, on one scale. */
export function StagedHypothesis({ id }: { readonly id: string }) {
  const [{ data, fetching, error }, again] = useQuery({ query: HypothesisQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  const hypothesis = data?.hypothesis ?? null;
  if (hypothesis === null) return <Absent failure={failureOf(error)} fetching={fetching} what="hypothesis" again={again} />;
  return (
    <>
      <div className="row wrap text-12 text-ink-3 mb-3"><VerdictBadge of={wordOf(hypothesis.status)} />{hypothesis.author ? <span>{hypothesis.author.name}</span> : null}<span className="sp" /><Link className="lk" href={`/h/${hypothesis.id}`}>open hypothesis</Link></div>
      <HypothesisSentence of={hypothesis} />
      <Section title="Evidence" count={hypothesis.experiments.totalCount}><EvidenceLedger tests={hypothesis.experiments.nodes} bar={hypothesis.minEffect} /></Section>
    </>
  );
}
