import { attributeText, type NoteNode } from './note-document.ts';
import { NODES } from './note-vocabulary.ts';

const MOST_EXCERPT = 280;

/** The words of a note, a line a block: what search finds it by. */
export function noteText(node: NoteNode): string {
  return lines(node).map((line) => line.trim()).filter((line) => line !== '').join('\n');
}

function lines(node: NoteNode): readonly string[] {
  const own = wordsOf(node);
  if (own !== null) return [own];
  const content = node.content ?? [];
  const inline = content.some((child) => child.type === 'text' || NODES[child.type]?.place === 'inline');
  return inline ? [content.flatMap(lines).join('')] : content.flatMap(lines);
}

/** Of a node that says something itself. */
function wordsOf({ type, text, attrs = {} }: NoteNode): string | null {
  switch (type) {
    case 'text': return text ?? '';
    case 'hardBreak': return '\n';
    case 'mention': return attributeText(attrs, 'label');
    case 'inlineMath':
    case 'blockMath': return attributeText(attrs, 'latex');
    case 'image': return attributeText(attrs, 'alt');
    case 'attachment': return attributeText(attrs, 'name');
    default: return null;
  }
}

/** The beginning of the note in a few words, for lists. */
export function noteExcerpt(node: NoteNode): string {
  const words = noteText(node).replaceAll(/\s+/g, ' ');
  return words.length <= MOST_EXCERPT ? words : `${words.slice(0, MOST_EXCERPT - 1).toWellFormed().trimEnd()}…`;
}
