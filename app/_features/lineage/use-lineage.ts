'use client';

import { useEffect, useMemo, useState } from 'react';
import type { LineageDrawing } from '../../_charts/draw-lineage.ts';
import { layoutLineage } from '../../_charts/lineage-layout.ts';
import { ask } from '../../_graphql/ask.ts';
import { plainBody, useAskedEarly } from '../../_graphql/early-answers.tsx';
import type { VariablesOf } from '../../_graphql/graphql.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { useAgain } from '../../_graphql/use-again.ts';
import { LineageQuery, nodesOf, type ShownLineage, type ShownNode } from './lineage-documents.ts';
import { markOf } from './lineage-words.ts';
import { endOfDay, type LineageView } from './lineage-view.ts';

export type About = { readonly project: string } | { readonly of: string };

/** A lineage, ready to be drawn: places of nodes instead of ids. */
export interface Graph {
  readonly lineage: Omit<ShownLineage, 'columns'> & { readonly nodes: readonly ShownNode[] };
  readonly drawing: LineageDrawing;
  readonly placeOf: ReadonlyMap<string, number>;
}

type Variables = VariablesOf<typeof LineageQuery>;

interface Answer { readonly asked: string; readonly lineage: ShownLineage | null; readonly failure: Failure | null }

/** Asks past the cache: ten thousand nodes are read once, and by nobody else. What was shown stays until the next is there. */
export function useLineage(about: About, { kinds, until, collapse, of }: LineageView): { readonly graph: Graph | null; readonly failure: Failure | null; readonly fetching: boolean; readonly again: () => void } {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [round, again] = useAgain();
  const asked = JSON.stringify({ ...(of === null ? about : { of }), kinds, collapse, ...(until === null ? {} : { until: endOfDay(until) }) });
  // When a day ends is known where the reader is.
  useAskedEarly(() => (until === null ? plainBody(LineageQuery, JSON.parse(asked) as Variables) : null));
  useEffect(() => {
    const leaving = new AbortController();
    void ask(LineageQuery, JSON.parse(asked) as Variables, leaving.signal).then(
      ({ data, error }) => { if (!leaving.signal.aborted) setAnswer((before) => ({ asked, lineage: data?.lineage ?? (failureOf(error ?? undefined)?.code === 'NOT_FOUND' ? null : (before?.lineage ?? null)), failure: failureOf(error ?? undefined) })); },
      () => {},
    );
    return () => leaving.abort();
  }, [asked, round]);
  const lineage = answer?.lineage ?? null;
  const graph = useMemo(() => (lineage ? graphOf(lineage) : null), [lineage]);
  return { graph, failure: answer?.failure ?? null, fetching: answer?.asked !== asked, again };
}

function graphOf({ columns, ...lineage }: ShownLineage): Graph {
  const found = nodesOf(columns);
  // In one order whatever the server's: the same lineage is then the same drawing.
  const order = found.map((_, place) => place).toSorted((a, b) => byTime(found[a], found[b]));
  const nodes = order.flatMap((place) => found[place] ?? []);
  const placeOf = new Map(nodes.map(({ id }, place) => [id, place]));
  const moved = new Int32Array(order.length);
  order.forEach((before, place) => { moved[before] = place; });
  const links = { from: columns.from.map((place) => moved[place] ?? 0), to: columns.to.map((place) => moved[place] ?? 0) };
  const path = (lineage.bestPath?.steps ?? []).flatMap(({ id }) => placeOf.get(id) ?? []);
  return { lineage: { ...lineage, nodes }, placeOf, drawing: { layout: layoutLineage(nodes.length, links), links, marks: nodes.map(markOf), path } };
}

function byTime(one: ShownNode | undefined, other: ShownNode | undefined): number {
  return one && other ? one.at - other.at || (one.id < other.id ? -1 : 1) : 0;
}
