'use client';

import { useQuery } from '../../_graphql/use-query.ts';
import { count } from '../../_ui/numbers.ts';
import { ReproducibilityRateQuery } from './reproduction-documents.ts';

/** How many runs of a project were reproduced when somebody tried; a count of all attempts, so there is no interval. */
export function ReproducibilityRate({ slug }: { readonly slug: string }) {
  const [{ data }] = useQuery({ query: ReproducibilityRateQuery, variables: { slug } });
  const rate = data?.project?.reproducibilityRate;
  if (!rate || rate.rate === null) return null;
  return <p className="hint mt-2">Reproducibility rate <b className="num text-ink-2">{(100 * rate.rate).toFixed(1)} %</b>: {rate.reproduced} of {count(rate.attempted, 'run')} that somebody did again.</p>;
}
