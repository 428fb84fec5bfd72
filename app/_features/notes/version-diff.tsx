import { plainWords } from '../../../domain/richtext/plain-words.ts';
import type { NoteVersionRow } from './note-documents.ts';

const SIGNS = { ADDED: '+', REMOVED: '−', SAME: ' ' } as const;
const WORDS = { ADDED: 'added', REMOVED: 'removed', SAME: '' } as const;

/** A sign stands beside words. */
const withoutBlankEnds = (text: string): string => text.replaceAll(/^\n+|\n+$/g, '') || '\u00A0';

/** Lines that were added and removed, with a sign and a wash each: never by colour alone. */
export function VersionDiff({ changes }: { readonly changes: NoteVersionRow['changes'] }) {
  if (changes.every(({ kind }) => kind === 'SAME')) return <p className="hint">Nothing in its words changed.</p>;
  return (
    <ol className="diff" aria-label="Changed lines">
      {changes.map(({ kind, text }, at) => <li key={at} className={`diff-${kind.toLowerCase()}`}><span aria-hidden="true">{SIGNS[kind]}</span>{kind !== 'SAME' && <span className="vh">{WORDS[kind]}: </span>}<span>{withoutBlankEnds(plainWords(text))}</span></li>)}
    </ol>
  );
}
