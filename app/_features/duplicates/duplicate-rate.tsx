'use client';

import { useQuery } from '../../_graphql/use-query.ts';
import { count, formatNumber } from '../../_ui/numbers.ts';
import { DuplicateRateQuery } from './duplicate-documents.ts';

/** How much of what a project computed it had computed before; a count of all its runs, so there is no interval. */
export function DuplicateRate({ slug }: { readonly slug: string }) {
  const [{ data }] = useQuery({ query: DuplicateRateQuery, variables: { slug } });
  const rate = data?.project?.duplicateRate;
  if (!rate || rate.rate === null) return null;
  const again = rate.sameSeed + rate.earlierExperiment;
  return (
    <p className="hint mt-2">
      Duplicate rate <b className="num text-ink-2">{(100 * rate.rate).toFixed(1)} %</b>: {formatNumber(again)} of {count(rate.runs, 'finished run')} had been run before
      {again > 0 && <>, {formatNumber(rate.sameSeed)} with the same seed, {formatNumber(rate.earlierExperiment)} in an earlier experiment{rate.explained > 0 && <>; {formatNumber(rate.explained)} with a reason</>}</>}
      {rate.silent > 0 && <>; {formatNumber(rate.silent)} more {rate.silent === 1 ? 'says' : 'say'} nothing to be compared by, neither params nor code nor data of their own</>}.
    </p>
  );
}
