import type { SharedNode, SharedNote } from '../../contracts/share-page.ts';
import { attributeText, type NoteNode } from '../../domain/richtext/note-document.ts';
import { EVIDENCE_KINDS } from '../../domain/richtext/note-vocabulary.ts';
import type { Redaction } from '../../operations/ports/share-links.ts';
import { frozenWords } from '../notes/evidence-words.ts';
import type { LeaveOut } from './left-out-words.ts';

/** Nodes that one page holds; a longer note is cut there, and says so. */
const MOST_SHARED_NODES = 8_000;

interface SharedTextRules {
  readonly redact: readonly Redaction[];
  /** Takes out of the note's own words what the sharer left out. */
  readonly leaveOut: LeaveOut;
  /** Where this installation is reached: addresses in it are words, not ways. */
  readonly publicUrl: string;
  /** Where an experiment's evidence stands in the page; null when this reader may not see it. */
  readonly placeOf: (experimentId: string) => number | null;
  /** Whether what was frozen of this experiment may leave. */
  readonly mayLeave: (experimentId: string) => boolean;
}

interface Reading extends SharedTextRules { left: number; cut: boolean }

/**
 * A note for a reader outside: an allowlist of nodes, rebuilt one by one. Mentions become their words, addresses inside Lemma, ids, pictures and files are left out, and nothing else of the document passes.
 */
export function sharedText(document: NoteNode, rules: SharedTextRules): Pick<SharedNote, 'blocks' | 'cut'> {
  const reading: Reading = { ...rules, left: MOST_SHARED_NODES, cut: false };
  const blocks = childrenOf(document, reading);
  return { blocks, cut: reading.cut };
}

function childrenOf(node: NoteNode, reading: Reading): readonly SharedNode[] {
  const kept: SharedNode[] = [];
  for (const child of node.content ?? []) {
    if (reading.left <= 0) { reading.cut = true; break; }
    reading.left -= 1;
    const read = NODES[child.type];
    if (read) kept.push(read(child, reading));
  }
  return kept;
}

type Reader = (node: NoteNode, reading: Reading) => SharedNode;
const words = (text: string): SharedNode => ({ type: 'text', text });
const aside = (text: string): SharedNode => ({ type: 'aside', content: [words(text)] });
const plain: Reader = (node, reading) => ({ type: node.type, content: childrenOf(node, reading) });

const NODES: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(['paragraph', 'bulletList', 'orderedList', 'listItem', 'taskList', 'blockquote', 'codeBlock', 'horizontalRule', 'hardBreak', 'table', 'tableRow', 'tableHeader', 'tableCell'].map((type) => [type, plain])),
  heading: (node, reading) => ({ ...plain(node, reading), level: Number(node.attrs?.['level'] ?? 1) }),
  taskItem: (node, reading) => ({ ...plain(node, reading), checked: node.attrs?.['checked'] === true }),
  callout: (node, reading) => ({ ...plain(node, reading), tone: attributeText(node.attrs, 'tone') || 'note' }),
  text: textOf,
  mention: (node, { redact, leaveOut }) => words(leaveOut(mentionWords(attributeText(node.attrs, 'kind'), attributeText(node.attrs, 'label'), redact))),
  inlineMath: (node, { leaveOut }) => ({ type: 'inlineMath', text: leaveOut(attributeText(node.attrs, 'latex')) }),
  blockMath: (node, { leaveOut }) => ({ type: 'blockMath', text: leaveOut(attributeText(node.attrs, 'latex')) }),
  image: (node, { leaveOut }) => aside(`Picture left out${named(leaveOut(attributeText(node.attrs, 'alt')))}.`),
  attachment: (node, { leaveOut }) => aside(`File left out${named(leaveOut(attributeText(node.attrs, 'name')))}.`),
  evidence: evidenceNode,
};

const named = (name: string): string => (name === '' ? '' : `: ${name}`);

const MARKS = new Set(['bold', 'italic', 'strike', 'underline', 'code']);

function textOf(node: NoteNode, { publicUrl, leaveOut }: Reading): SharedNode {
  const marks = (node.marks ?? []).map(({ type }) => type).filter((type) => MARKS.has(type));
  const href = outsideAddress(node.marks?.find(({ type }) => type === 'link')?.attrs?.['href'], publicUrl);
  return { ...words(leaveOut(node.text ?? '')), ...(marks.length > 0 ? { marks } : {}), ...(href === null ? {} : { href }) };
}

/** A web address that leads out of this installation; null for every other. */
export function outsideAddress(given: unknown, publicUrl: string): string | null {
  if (typeof given !== 'string' || !/^https?:\/\//i.test(given) || !URL.canParse(given)) return null;
  const address = new URL(given);
  // The same host on another port is likely this installation too, or something beside it that is nobody's business.
  return address.hostname === new URL(publicUrl).hostname || address.username !== '' || address.password !== '' ? null : address.href;
}

const KIND_WORDS: Readonly<Record<string, string>> = { person: 'somebody', experiment: 'an experiment', run: 'a run', hypothesis: 'a hypothesis', metric: 'a metric' };

/** A mention's words, or what kind of thing it was where its words say what the sharer left out: a key begins with the project's, a run is named for its params. */
export function mentionWords(kind: string, label: string, redact: readonly Redaction[]): string {
  const hidden = (kind === 'person' && redact.includes('PEOPLE')) || (kind === 'run' && (redact.includes('PARAMS') || redact.includes('CODE'))) || (kind !== 'person' && kind !== 'metric' && redact.includes('ORGANIZATION'));
  return hidden || label === '' ? (KIND_WORDS[kind] ?? 'something') : label;
}

function evidenceNode(node: NoteNode, { redact, placeOf, mayLeave }: Reading): SharedNode {
  const attrs = node.attrs ?? {};
  const subject = attributeText(attrs, 'subject');
  const frozen = frozenWords(attrs);
  if (frozen !== null && !mayLeave(subject)) return aside('Frozen evidence that may not be shown here.');
  // What was frozen is the writer's sentence: it cannot be told apart which of its words the sharer left out.
  if (frozen !== null) return aside(redact.every((each) => each === 'COSTS') ? frozen : 'Frozen evidence, left out with what the sharer left out.');
  const kind = EVIDENCE_KINDS.find((each) => each === attrs['kind']) ?? 'verdict';
  return { type: 'evidence', evidence: { kind, place: placeOf(subject) } };
}
