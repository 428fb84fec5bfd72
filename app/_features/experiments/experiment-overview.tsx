'use client';

import { useState } from 'react';
import { Section } from '../../_ui/section.tsx';
import { count } from '../../_ui/numbers.ts';
import { ExperimentDuplicatesNotice } from '../duplicates/run-duplicates.tsx';
import { LearningCurves } from '../metrics/learning-curves.tsx';
import { SubjectBacklinks } from '../notes/note-backlinks.tsx';
import { SubjectNotes } from '../notes/subject-notes.tsx';
import { StartThreadDialog } from '../threads/start-thread-dialog.tsx';
import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { triedAddress } from '../tried/tried-address.ts';
import { ChangedVariableChip } from '../variants/changed-variable-chip.tsx';
import { VariantsTable } from '../variants/variants-table.tsx';
import { VerdictSection } from '../verdicts/verdict-section.tsx';
import type { ExperimentDetail } from './experiment-documents.ts';
import { HypothesisPart } from './hypothesis-part.tsx';
import { DeletedWithRuns, NoRunsYet } from './no-runs-yet.tsx';

/** The sentence first, then the picture, then the table. */
export function ExperimentOverview({ experiment, metric }: { readonly experiment: ExperimentDetail; readonly metric: string | null }) {
  const [anchor, setAnchor] = useState<ThreadAnchor | null>(null);
  return (
    <>
      <HypothesisPart experiment={experiment} />
      {experiment.runCount === 0
        ? experiment.deletedAt === null ? <NoRunsYet experiment={experiment} /> : <div className="mt-8"><DeletedWithRuns experiment={experiment} /></div>
        : (
          <>
            <VerdictSection experiment={experiment} onComment={experiment.viewerCan.comment ? () => setAnchor({ kind: 'verdict' }) : undefined} />
            <ExperimentDuplicatesNotice experimentKey={experiment.key} mayWrite={experiment.viewerCan.edit} />
            <ChangedSection experiment={experiment} />
            <VariantsTable experiment={experiment} metric={metric} />
            <LearningCurves experiment={experiment} metric={metric} onComment={experiment.viewerCan.comment ? setAnchor : undefined} />
          </>
        )}
      <SubjectNotes subject={experiment.id} what="experiment" mayWrite={experiment.viewerCan.comment} />
      <SubjectBacklinks subject={experiment.id} />
      <StartThreadDialog anchor={anchor} subject={experiment.id} onClose={() => setAnchor(null)} />
    </>
  );
}

const KIND_WORDS = [['CODE', 'code'], ['DATA', 'data'], ['CONFIG', 'config'], ['ENVIRONMENT', 'environment']] as const;

/** What differs between baseline and treatments, and whether an effect can be attributed to it. */
function ChangedSection({ experiment }: { readonly experiment: ExperimentDetail }) {
  const changed = experiment.changedVariables;
  if (experiment.baseline === null) return null;
  const { code, data, environment } = experiment.evidence;
  // What no run recorded may have changed unseen: unknown is not identical.
  const unknown = KIND_WORDS.filter(([kind]) => (kind === 'CODE' && code.length === 0) || (kind === 'DATA' && data.length === 0) || (kind === 'ENVIRONMENT' && environment.length === 0));
  const same = KIND_WORDS.filter((each) => !unknown.includes(each) && !changed.some((one) => one.kind === each[0]));
  const aside = [same.length === 0 ? '' : `${listed(same)} identical`, unknown.length === 0 ? '' : `${listed(unknown)} not recorded`].filter(Boolean).join('; ');
  return (
    <Section title="Changed variables" count={changed.length} aside={aside === '' ? undefined : aside}>
      <div className="row wrap mt-3">
        {changed.map((one) => <ChangedVariableChip key={`${one.kind} ${one.name}`} of={one} href={triedAddress(one.name, experiment.project.slug)} />)}
        {changed.length === 0 && <span className="text-ink-3">{experiment.variants.length < 2 ? 'Only the baseline has run so far.' : 'Baseline and treatments differ in nothing that was recorded.'}</span>}
        {changed.length === 1 && experiment.attributionWarning === null && <span className="text-12 text-ink-3">{unknown.length === 0 ? 'An effect can be attributed to this one change.' : `An effect can be attributed to this one change if ${listed(unknown)} stayed the same.`}</span>}
      </div>
      {experiment.attributionWarning !== null && <p className="warn mt-2 max-w-[44em]">{experiment.attributionWarning}</p>}
      {changed.length > 12 && <p className="hint mt-2">{count(changed.length, 'variable')} differ. Compare shows them side by side.</p>}
    </Section>
  );
}

function listed(kinds: readonly (readonly [string, string])[]): string {
  const words = kinds.map(([, word]) => word);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
