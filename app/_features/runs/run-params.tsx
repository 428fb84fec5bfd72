'use client';

import { Section } from '../../_ui/section.tsx';
import type { RunDetail } from './run-documents.ts';
import { KeyValueTable } from './run-params-table.tsx';

const NOTHING: ReadonlyMap<string, string | null> = new Map();

/** Everything that was set: parameters, tags and the environment, each with a filter. */
export function RunParams({ run, changed }: { readonly run: RunDetail; readonly changed: ReadonlyMap<string, string | null> }) {
  return (
    <>
      <Section title="Parameters" count={run.params.length} aside={changed.size > 0 ? 'washed rows differ from the baseline' : undefined}><div className="mt-3"><KeyValueTable label="Parameters" rows={run.params} changed={changed} /></div></Section>
      <Section title="Tags" count={run.tags.length}><div className="mt-3"><KeyValueTable label="Tags" rows={run.tags} changed={NOTHING} /></div></Section>
      <Section title="Environment" count={run.environment?.items.length ?? 0}><div className="mt-3"><KeyValueTable label="Environment" rows={run.environment?.items ?? []} changed={NOTHING} /></div></Section>
    </>
  );
}
