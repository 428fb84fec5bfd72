import { attributeText, type NoteNode } from '../../domain/richtext/note-document.ts';
import type { EvidenceWords } from '../../domain/richtext/note-markdown.ts';
import type { Context } from '../context.ts';
import { visibleProjects } from '../visibility.ts';
import { viewerOf } from '../context.ts';

const MOST_BLOCKS = 200;

type Attrs = Readonly<Record<string, unknown>>;

/** Evidence blocks of a note in a sentence each: as they were frozen, or as their subject is now for this viewer. One look for all of them. */
export async function evidenceWordsFor(context: Context, document: NoteNode): Promise<EvidenceWords> {
  const blocks = evidenceIn(document).slice(0, MOST_BLOCKS);
  const subjects = [...new Set(blocks.filter(({ frozen }) => !frozen).map((attrs) => attributeText(attrs, 'subject')))];
  const found = subjects.length === 0 ? [] : await context.reader.experiment.findMany({
    where: { id: { in: subjects }, project: visibleProjects(viewerOf(context)) },
    include: { project: { select: { key: true } }, verdict: { select: { outcome: true, explanation: true } }, _count: { select: { runs: { where: { deletedAt: null } } } } },
  });
  const now = new Map(found.map((experiment) => [experiment.id, experiment]));
  return (attrs) => {
    const kind = attributeText(attrs, 'kind');
    const frozen = frozenWords(attrs);
    if (frozen !== null) return frozen;
    const experiment = now.get(attributeText(attrs, 'subject'));
    if (!experiment) return `Evidence (${kind}) that is not there any more, or that you may not see.`;
    const name = `${experiment.project.key}-${experiment.number} ${experiment.name}`;
    if (kind === 'runs') return `${name}: ${experiment._count.runs} ${experiment._count.runs === 1 ? 'run' : 'runs'}.`;
    const verdict = experiment.verdict ? `${experiment.verdict.outcome.toLowerCase()}. ${experiment.verdict.explanation}` : 'no verdict yet.';
    return kind === 'chart' ? `${name}: chart. Verdict: ${verdict}` : `${name}: ${verdict}`;
  };
}

function evidenceIn(node: NoteNode): readonly Attrs[] {
  return node.type === 'evidence' ? [node.attrs ?? {}] : (node.content ?? []).flatMap(evidenceIn);
}

/** What was frozen, in a sentence made of what the note kept of it; null for what is live. It comes from somebody's machine: what is not as pages keep it says only its kind. */
export function frozenWords({ frozen, kind }: Attrs): string | null {
  if (!isObject(frozen)) return null;
  const { at, content } = frozen;
  const said = keptWords(isObject(content) ? content : {}) || attributeText({ kind }, 'kind');
  return `${said} (as of ${attributeText({ at }, 'at').slice(0, 16).replace('T', ' ')} UTC)`;
}

const isObject = (value: unknown): value is Attrs => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Attrs[] => (Array.isArray(value) ? value.filter(isObject) : []);
const MOST_NAMED = 6;

function named(list: readonly Attrs[], name: string): string {
  const names = list.slice(0, MOST_NAMED).map((each) => attributeText(each, name)).filter((words) => words !== '');
  return `${names.join(', ')}${list.length > MOST_NAMED ? ` and ${list.length - MOST_NAMED} more` : ''}`;
}

function keptWords(content: Attrs): string {
  const { experiment, rows } = content;
  if (isObject(experiment)) return experimentWords(experiment);
  if (Array.isArray(rows)) return `Table of ${typeof content['total'] === 'number' ? content['total'] : rows.length} runs: ${named(listOf(rows), 'name')}`;
  const [metric, caption] = [attributeText(content, 'metric'), attributeText(content, 'caption')];
  return metric === '' ? '' : `Learning curves of ${metric}${caption === '' ? '' : `. ${caption}`}`;
}

function experimentWords(experiment: Attrs): string {
  const { verdict, variants } = experiment;
  const head = `${attributeText(experiment, 'key')} ${attributeText(experiment, 'name')}`.trim();
  if (isObject(verdict)) return `${head}: ${attributeText(verdict, 'outcome').toLowerCase()}. ${attributeText(verdict, 'explanation')}`.trim();
  const compared = listOf(variants);
  return compared.length === 0 ? `${head}: no verdict` : `${head}: ${compared.length} variants compared: ${named(compared, 'label')}`;
}
