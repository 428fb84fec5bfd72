import { isOwnAddress } from './safe-href.ts';
import { MARKS, NODES, type NodeRule, type Place } from './note-vocabulary.ts';

export interface NoteMark { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }

/** A node of a note: plain ProseMirror JSON of the vocabulary in note-vocabulary.ts. */
export interface NoteNode {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly NoteNode[];
  readonly text?: string;
  readonly marks?: readonly NoteMark[];
}

export interface NoteDocument extends NoteNode { readonly type: 'doc'; readonly content: readonly NoteNode[] }

/** Nodes inside each other, and nodes in all; what is beyond is left out. */
export const MOST_DEPTH = 40;
export const MOST_NODES = 200_000;
const MOST_TEXT = 100_000;

export const EMPTY_NOTE: NoteDocument = { type: 'doc', content: [{ type: 'paragraph' }] };

type Given = Readonly<Record<string, unknown>>;
const isObject = (given: unknown): given is Given => typeof given === 'object' && given !== null && !Array.isArray(given);
const childrenOf = ({ content }: Given): readonly unknown[] => (Array.isArray(content) ? content : []);

/** How many nodes may still come. */
interface Budget { nodes: number }

/**
 * The note in what may be anything. Nodes, marks and attributes that are not in the vocabulary go, the text inside them stays; what stands where it may not is wrapped or taken
 * out of what held it; addresses that are not safe go. Never throws, and answers what the editor's schema accepts.
 */
export function parseNoteDocument(given: unknown): NoteDocument {
  const content = isObject(given) ? kept(childrenOf(given), 'block', { depth: 0, budget: { nodes: MOST_NODES } }) : [];
  return content.length === 0 ? EMPTY_NOTE : { type: 'doc', content };
}

interface At { readonly depth: number; readonly budget: Budget }

type Holding = NonNullable<NodeRule['holds']>;

/** The children that may stand there, each in a form in which it may. */
function kept(given: readonly unknown[], holding: Holding, at: At): readonly NoteNode[] {
  if (at.depth >= MOST_DEPTH) return [];
  const found: NoteNode[] = [];
  for (const child of given) {
    if (at.budget.nodes <= 0) break;
    if (isObject(child)) found.push(...fitted(child, holding, at));
  }
  return holding === 'block' ? inParagraphs(found) : found;
}

function fitted(given: Given, holding: Holding, at: At): readonly NoteNode[] {
  const { type } = given;
  if (type === 'text') return MAY_HOLD_TEXT.has(holding) ? textOf(given, holding === 'text', at.budget) : [];
  const rule = typeof type === 'string' && Object.hasOwn(NODES, type) ? NODES[type] : undefined;
  // Unknown, or not of this place: what is in it may still belong here.
  if (typeof type !== 'string' || !rule || !mayStand(rule.place, holding)) return kept(childrenOf(given), holding, { ...at, depth: at.depth + 1 });
  return nodeOf(given, { type, rule }, at);
}

function nodeOf(given: Given, { type, rule }: { readonly type: string; readonly rule: NodeRule }, at: At): readonly NoteNode[] {
  const attrs = rule.attrs ? rule.attrs(isObject(given['attrs']) ? given['attrs'] : {}) : {};
  if (!attrs) return [];
  at.budget.nodes -= 1;
  if (type === 'image' && !isOwnAddress(attributeText(attrs, 'src'))) return [linkTo(attributeText(attrs, 'src'), attrs['alt'])];
  const content = rule.holds === null ? [] : kept(childrenOf(given), rule.holds, { ...at, depth: at.depth + 1 });
  const filled = content.length === 0 ? fillingOf(rule) : content;
  return filled === null ? [] : [made(type, attrs, filled)];
}

/** Without what is empty, as ProseMirror writes it. */
const made = (type: string, attrs: Readonly<Record<string, unknown>>, content: readonly NoteNode[]): NoteNode =>
  ({ type, ...(Object.keys(attrs).length > 0 ? { attrs } : {}), ...(content.length > 0 ? { content } : {}) });

const MAY_HOLD_TEXT: ReadonlySet<Holding> = new Set(['text', 'inline', 'block']);

const mayStand = (place: Place, holding: Holding): boolean => place === holding || (holding === 'block' && place === 'inline');

/** What stands in a node in which something must stand; null where the node is nothing without it. */
function fillingOf({ holds }: NodeRule): readonly NoteNode[] | null {
  if (holds === 'block') return [{ type: 'paragraph' }];
  return holds === 'item' || holds === 'task' || holds === 'row' || holds === 'cell' ? null : [];
}

/** Text and other inline nodes among blocks come into paragraphs of their own. */
function inParagraphs(found: readonly NoteNode[]): readonly NoteNode[] {
  const blocks: NoteNode[] = [];
  let line: NoteNode[] = [];
  const end = (): void => { if (line.length > 0) blocks.push({ type: 'paragraph', content: line }); line = []; };
  for (const node of found) {
    if (node.type === 'text' || NODES[node.type]?.place === 'inline') line.push(node);
    else { end(); blocks.push(node); }
  }
  end();
  return blocks;
}

function textOf({ text, marks }: Given, plain: boolean, budget: Budget): readonly NoteNode[] {
  if (typeof text !== 'string') return [];
  const words = text.replaceAll('\u0000', '').toWellFormed().slice(0, MOST_TEXT);
  if (words === '') return [];
  budget.nodes -= 1;
  const carried = plain ? [] : marksOf(marks);
  return [{ type: 'text', text: words, ...(carried.length > 0 ? { marks: carried } : {}) }];
}

function marksOf(given: unknown): readonly NoteMark[] {
  const marks = new Map<string, NoteMark>();
  for (const mark of Array.isArray(given) ? given.slice(0, 20) : []) {
    if (!isObject(mark) || typeof mark['type'] !== 'string' || !Object.hasOwn(MARKS, mark['type'])) continue;
    const attrs = MARKS[mark['type']]?.(isObject(mark['attrs']) ? mark['attrs'] : {});
    if (attrs) marks.set(mark['type'], { type: mark['type'], ...(Object.keys(attrs).length > 0 ? { attrs } : {}) });
  }
  return [...marks.values()];
}

/** A picture elsewhere is a link (decision 79). */
const linkTo = (href: string, alt: unknown): NoteNode =>
  ({ type: 'paragraph', content: [{ type: 'text', text: typeof alt === 'string' ? alt : href, marks: [{ type: 'link', attrs: { href } }] }] });

/** An attribute of a node as words; empty when it has none of that name. */
export function attributeText(attrs: Readonly<Record<string, unknown>> | undefined, name: string): string {
  const value = attrs?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
