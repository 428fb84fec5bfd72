import type { Editor } from '@tiptap/core';
import { ChartSpline, Columns3, Scale, Table2 } from 'lucide-react';
import type { SlashItem } from '../../_editor/slash-items.tsx';
import { leaveBlock } from '../../_editor/note-keys.ts';
import { EVIDENCE_KINDS, type EvidenceKind } from './evidence.ts';

const LABELS: Readonly<Record<EvidenceKind, string>> = { verdict: 'Verdict', chart: 'Chart', comparison: 'Comparison', runs: 'Run table' };
const WORDS: Readonly<Record<EvidenceKind, string>> = {
  verdict: 'evidence finding effect interval supported refuted', chart: 'evidence learning curves figure plot metric', comparison: 'evidence variants effects baseline', runs: 'evidence table list',
};
const ICONS = { verdict: Scale, chart: ChartSpline, comparison: Columns3, runs: Table2 } as const;

/** Puts a live block of an experiment where the caret is. */
export function insertEvidence(editor: Editor, kind: EvidenceKind, subject: string): void {
  if (editor.state.selection.$from.depth > 1) leaveBlock(editor);
  editor.chain().focus().insertContent([{ type: 'evidence', attrs: { kind, subject, options: {}, frozen: null } }, { type: 'paragraph' }]).run();
}

/** Slash rows for live evidence. Which experiment is meant is asked where the note does not say. */
export const evidenceItems = (choose: (editor: Editor, kind: EvidenceKind) => void): readonly SlashItem[] => EVIDENCE_KINDS.map((kind) => {
  const Icon = ICONS[kind];
  return { key: `evidence-${kind}`, group: 'Live evidence', label: LABELS[kind], detail: 'of an experiment', words: WORDS[kind], icon: <Icon aria-hidden="true" />, run: (editor) => choose(editor, kind) };
});
