import { mentionFrom, mentionLabel } from './mentions.ts';
import { safeHref } from './safe-href.ts';

export const CALLOUT_TONES = ['note', 'tip', 'warning', 'decision'] as const;
export const EVIDENCE_KINDS = ['chart', 'comparison', 'verdict', 'runs'] as const;

/** What a node is to the one that holds it. */
export type Place = 'block' | 'inline' | 'item' | 'task' | 'row' | 'cell';

/** Values by name as they may be kept, or null when the node means nothing without what is missing. */
export type AttributeRule = (given: Readonly<Record<string, unknown>>) => Record<string, unknown> | null;

export interface NodeRule {
  readonly place: Place;
  /** What may stand in it; null for what holds nothing. "text" is text without marks. */
  readonly holds: Exclude<Place, 'cell'> | 'cell' | 'text' | null;
  readonly attrs?: AttributeRule;
}

const MOST_TEXT = 20_000;
const text = (given: unknown, most = 500): string => (typeof given === 'string' ? given.replaceAll('\u0000', '').slice(0, most) : '');
const optional = (given: unknown, most = 500): string | null => text(given, most) || null;
const whole = (given: unknown, [least, most]: readonly [number, number], otherwise: number): number =>
  (typeof given === 'number' && Number.isInteger(given) ? Math.min(most, Math.max(least, given)) : otherwise);
const oneOf = <T extends string>(names: readonly T[], given: unknown): T | null => names.find((name) => name === given) ?? null;

const widths = (given: unknown): readonly number[] | null =>
  (Array.isArray(given) && given.length > 0 && given.length <= 100 && given.every((width) => typeof width === 'number' && width > 0 && width <= 10_000) ? given.map(Math.round) : null);

const cell: AttributeRule = ({ colspan, rowspan, colwidth }) => ({ colspan: whole(colspan, [1, 100], 1), rowspan: whole(rowspan, [1, 1000], 1), colwidth: widths(colwidth) });

const MOST_JSON = 64_000;

/** Plain JSON of bounded size; null for the rest. */
function small(given: unknown): object | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
  try {
    const written = JSON.stringify(given);
    return written.length > MOST_JSON || written.includes(String.raw`\u0000`) ? null : JSON.parse(written) as object;
  } catch {
    // Cyclic, too deep, or of a kind that JSON has no word for.
    return null;
  }
}

export interface Frozen { readonly at: string; readonly digest: string | null; readonly content: object }

/** An evidence block as it stood at a time; one that does not say when is live. */
function frozenFrom(given: unknown): Frozen | null {
  if (typeof given !== 'object' || given === null) return null;
  const { at, digest, content } = given as Partial<Record<keyof Frozen, unknown>>;
  const kept = small(content);
  if (typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z$/.test(at) || !kept) return null;
  return { at, digest: optional(digest, 100), content: kept };
}

/** Every node that a note can hold. The editor's schema says the same. */
export const NODES: Readonly<Record<string, NodeRule>> = {
  paragraph: { place: 'block', holds: 'inline' },
  heading: { place: 'block', holds: 'inline', attrs: ({ level }) => ({ level: whole(level, [1, 3], 1) }) },
  bulletList: { place: 'block', holds: 'item' },
  orderedList: { place: 'block', holds: 'item', attrs: ({ start }) => ({ start: whole(start, [0, 1_000_000], 1) }) },
  listItem: { place: 'item', holds: 'block' },
  taskList: { place: 'block', holds: 'task' },
  taskItem: { place: 'task', holds: 'block', attrs: ({ checked }) => ({ checked: checked === true }) },
  blockquote: { place: 'block', holds: 'block' },
  codeBlock: { place: 'block', holds: 'text', attrs: ({ language }) => ({ language: typeof language === 'string' && /^[\w+#.-]{1,40}$/.test(language) ? language : null }) },
  horizontalRule: { place: 'block', holds: null },
  hardBreak: { place: 'inline', holds: null },
  table: { place: 'block', holds: 'row' },
  tableRow: { place: 'row', holds: 'cell' },
  tableHeader: { place: 'cell', holds: 'block', attrs: cell },
  tableCell: { place: 'cell', holds: 'block', attrs: cell },
  image: { place: 'block', holds: null, attrs: ({ src, alt, title }) => { const href = safeHref(src); return href === null ? null : { src: href, alt: optional(alt), title: optional(title) }; } },
  attachment: { place: 'block', holds: null, attrs: ({ src, name, size }) => { const href = safeHref(src); return href === null ? null : { src: href, name: text(name, 300) || 'file', size: whole(size, [0, Number.MAX_SAFE_INTEGER], 0) }; } },
  callout: { place: 'block', holds: 'block', attrs: ({ tone }) => ({ tone: oneOf(CALLOUT_TONES, tone) ?? 'note' }) },
  inlineMath: { place: 'inline', holds: null, attrs: ({ latex }) => ({ latex: text(latex, MOST_TEXT) }) },
  blockMath: { place: 'block', holds: null, attrs: ({ latex }) => ({ latex: text(latex, MOST_TEXT) }) },
  mention: { place: 'inline', holds: null, attrs: ({ kind, id, label }) => { const mention = mentionFrom(kind, id); return mention && { ...mention, label: mentionLabel(label) || mention.id }; } },
  evidence: {
    place: 'block', holds: null,
    attrs: ({ kind, subject, options, frozen }) => {
      const named = oneOf(EVIDENCE_KINDS, kind);
      if (!named || typeof subject !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(subject)) return null;
      return { kind: named, subject, options: small(options) ?? {}, frozen: frozenFrom(frozen) };
    },
  },
};

/** Every mark that text can carry. */
export const MARKS: Readonly<Record<string, AttributeRule>> = {
  bold: () => ({}),
  italic: () => ({}),
  strike: () => ({}),
  underline: () => ({}),
  code: () => ({}),
  link: ({ href }) => { const safe = safeHref(href); return safe === null ? null : { href: safe }; },
};
