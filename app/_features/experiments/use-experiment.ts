'use client';

import { useState } from 'react';
import { tellingFirst } from '../../../domain/metrics/telling.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { ExperimentQuery, type ExperimentDetail } from './experiment-documents.ts';
import { useExperimentNews } from './use-experiment-news.ts';

interface MetricShown {
  /** Null where the page is to choose. */
  readonly chosen: string | null;
  /** Whether its means are shown, which are a question of their own. */
  readonly withMeans: boolean;
}

/** The experiment, read again whenever it changes. Without a hypothesis nothing names a metric: then the logged one that tells most is shown. */
export function useExperiment(key: string, { chosen, withMeans }: MetricShown) {
  const [fallback, setFallback] = useState<string | null>(null);
  const [{ data, fetching, error }, again] = useQuery({ query: ExperimentQuery, variables: { key, metric: chosen ?? (withMeans ? fallback : null) }, requestPolicy: 'cache-and-network' });
  useExperimentNews(key, again);
  const experiment = data?.experiment ?? null;
  const named = chosen ?? hypothesisMetric(experiment);
  const first = named === null ? tellingFirst(experiment?.metricKeys ?? [])[0] : undefined;
  if (first !== undefined && fallback === null) setFallback(first);
  return { experiment, metric: named ?? fallback, fetching, error, again };
}

const hypothesisMetric = (experiment: ExperimentDetail | null): string | null => experiment?.hypothesis?.metric ?? null;
