'use client';

import { useState } from 'react';
import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { Section } from '../../_ui/section.tsx';
import { PlaceMark } from '../threads/place-mark.tsx';
import { StartThreadDialog } from '../threads/start-thread-dialog.tsx';
import { useOpenPlaces } from '../threads/use-threads.ts';
import type { RunDetail } from './run-documents.ts';
import { KeyValueTable } from './run-params-table.tsx';

const NOTHING: ReadonlyMap<string, string | null> = new Map();

/** Everything that was set: parameters, tags and the environment, each with a filter. A thread can point at a parameter. */
export function RunParams({ run, changed }: { readonly run: RunDetail; readonly changed: ReadonlyMap<string, string | null> }) {
  const places = useOpenPlaces(run.id);
  const [anchor, setAnchor] = useState<ThreadAnchor | null>(null);
  const mark = (key: string) => <PlaceMark anchor={{ kind: 'config', key }} name={key} places={places} discussion={`/r/${run.id}?tab=discussion`} onStart={run.viewerCan.comment ? setAnchor : undefined} />;
  return (
    <>
      <Section title="Parameters" count={run.params.length} aside={changed.size > 0 ? 'washed rows differ from the baseline' : undefined}><div className="mt-3"><KeyValueTable label="Parameters" rows={run.params} changed={changed} mark={mark} /></div></Section>
      <Section title="Tags" count={run.tags.length}><div className="mt-3"><KeyValueTable label="Tags" rows={run.tags} changed={NOTHING} /></div></Section>
      <Section title="Environment" count={run.environment?.items.length ?? 0}><div className="mt-3"><KeyValueTable label="Environment" rows={run.environment?.items ?? []} changed={NOTHING} /></div></Section>
      <StartThreadDialog anchor={anchor} subject={run.id} onClose={() => setAnchor(null)} />
    </>
  );
}
