/** What a text can point at with @ or #. */
export const MENTION_KINDS = ['person', 'experiment', 'run', 'hypothesis', 'metric'] as const;
export type MentionKind = (typeof MENTION_KINDS)[number];

/** One thing that a text points at. A metric's id is its experiment's and its key: "exp_…/val_acc". */
export interface Mention {
  readonly kind: MentionKind;
  readonly id: string;
}

/** A mention with the words that a reader sees. */
export interface LabelledMention extends Mention { readonly label: string }

/** As many of one text count; what is more stays text. Nobody is called a thousand times by one paste. */
export const MOST_MENTIONS = 50;

const MOST_ID = 400;
const MOST_LABEL = 200;

const isKind = (given: unknown): given is MentionKind => MENTION_KINDS.some((kind) => kind === given);

/** A mention as it may be kept, or null for what is none: an id without blanks, or a metric's with a key after the slash. */
export function mentionFrom(kind: unknown, id: unknown): Mention | null {
  if (!isKind(kind) || typeof id !== 'string' || id.length > MOST_ID) return null;
  const pattern = kind === 'metric' ? /^[A-Za-z0-9_-]{1,64}\/[^\p{Cc}]+$/u : /^[A-Za-z0-9_-]{1,64}$/;
  return pattern.test(id) ? { kind, id } : null;
}

export const mentionLabel = (given: unknown): string => (typeof given === 'string' ? given.replaceAll(/\p{Cc}+/gu, ' ').trim().slice(0, MOST_LABEL) : '');

/** `[@Grace Hopper](lemma:person/per_…)`: a mention in Markdown. A metric's key is percent-encoded, as it may hold anything. */
export function mentionMarkdown({ kind, id, label }: LabelledMention): string {
  const words = mentionLabel(label).replaceAll(/[\\[\]]/g, String.raw`\$&`);
  return `[${words || id.replaceAll(/[\\[\]]/g, String.raw`\$&`)}](${mentionHref({ kind, id })})`;
}

/** The address that stands for a mention in a link. */
export function mentionHref({ kind, id }: Mention): string {
  const [owner = '', ...key] = id.split('/');
  return `lemma:${kind}/${owner}${key.length > 0 ? `/${escaped(key.join('/'))}` : ''}`;
}

/** encodeURIComponent leaves parentheses, which end a Markdown link, and refuses half of a surrogate pair. */
const escaped = (key: string): string => encodeURIComponent(key.toWellFormed()).replaceAll(/[()]/g, (found) => (found === '(' ? '%28' : '%29'));

/** The mention that such an address stands for; null for any other address. */
export function mentionOfHref(href: string): Mention | null {
  const found = /^lemma:([a-z]+)\/([^/\s]+)(?:\/(\S+))?$/.exec(href);
  if (!found) return null;
  const [, kind, owner = '', key] = found;
  return mentionFrom(kind, key === undefined ? owner : `${owner}/${unescaped(key)}`);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A fence that is never closed hides everything after it, as it does for a reader. */
const CODE = /^ {0,3}(```+|~~~+)[^\n]*\n(?:[\s\S]*?\n {0,3}\1[`~]*[ \t]*$|[\s\S]*)|(?<!`)(`+)(?!`)[^`][\s\S]*?(?<!`)\2(?!`)/gm;
const LINK = /(?<!\\)\[(?:\\.|[^[\]\\]){1,400}\]\((lemma:[^\s()]{1,1300})\)/g;

/** The first {@link MOST_MENTIONS} things that a Markdown text points at, each once. What stands in code is not meant. */
export function mentionsInMarkdown(text: string): readonly Mention[] {
  const hrefs = [...text.replaceAll(CODE, ' ').matchAll(LINK)];
  return distinct(hrefs.map(([, href = '']) => mentionOfHref(href)));
}

interface Node { readonly type?: unknown; readonly attrs?: unknown; readonly content?: unknown }

/** The first {@link MOST_MENTIONS} things that a note's document points at, each once. */
export function mentionsInDocument(document: unknown): readonly Mention[] {
  return distinct(mentionNodes(document));
}

/** In reading order, without recursion: a document is as deep as whoever wrote it liked. */
function* mentionNodes(document: unknown): Generator<Mention | null> {
  const waiting: unknown[] = [document];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { type, attrs, content } = node as Node;
    if (type === 'mention' && typeof attrs === 'object' && attrs !== null) {
      const { kind, id } = attrs as { readonly kind?: unknown; readonly id?: unknown };
      yield mentionFrom(kind, id);
    }
    if (Array.isArray(content)) for (const child of content.toReversed()) waiting.push(child);
  }
}

function distinct(found: Iterable<Mention | null>): readonly Mention[] {
  const mentions = new Map<string, Mention>();
  for (const mention of found) {
    if (mention) mentions.set(`${mention.kind}/${mention.id}`, mention);
    if (mentions.size === MOST_MENTIONS) break;
  }
  return [...mentions.values()];
}
