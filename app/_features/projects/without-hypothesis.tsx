'use client';

import Link from 'next/link';
import { graphql } from '../../_graphql/graphql.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { ButtonLink } from '../../_ui/button.tsx';
import { count } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { VerdictGlyph } from '../verdicts/verdict-badge.tsx';
import { ProjectUpdated } from './project-query.ts';

const ExploratoryQuery = graphql(`
  query Exploratory($slug: String!) {
    project(slug: $slug) { id experiments(first: 20, exploratory: true) { totalCount nodes { id key name runCount activeRunCount updatedAt } } }
  }
`);

/** Experiments that came in without a hypothesis, each one step away from having one. */
export function WithoutHypothesis({ slug, mayWrite }: { readonly slug: string; readonly mayWrite: boolean }) {
  const [{ data }, again] = useQuery({ query: ExploratoryQuery, variables: { slug }, requestPolicy: 'cache-and-network' });
  useLive(ProjectUpdated, [{ slug }], again);
  const found = data?.project?.experiments;
  const tried = (found?.nodes ?? []).filter((experiment) => experiment.runCount > 0);
  if (!found || tried.length === 0) return null;
  return (
    <Section title="Without a hypothesis" count={tried.length} aside="tracked in full; cannot be reviewed or shared until someone says what they test">
      <ul>
        {tried.map((experiment) => (
          <li key={experiment.id} className="li grid-cols-[16px_minmax(0,1fr)_max-content]">
            <VerdictGlyph of="exploratory" label="exploratory" />
            <div className="min-w-0"><Link className="ti" href={`/e/${experiment.key}`}>{experiment.name}</Link> <span className="id text-12">{experiment.key}</span> <span className="hint">{count(experiment.runCount, 'run')}{experiment.activeRunCount > 0 ? `, ${experiment.activeRunCount} going` : ''}, last changed <RelativeTime at={experiment.updatedAt} /></span></div>
            {mayWrite ? <ButtonLink small href={`/p/${slug}/hypotheses/new?experiment=${experiment.key}`}>Write its hypothesis</ButtonLink> : <span />}
          </li>
        ))}
      </ul>
    </Section>
  );
}
