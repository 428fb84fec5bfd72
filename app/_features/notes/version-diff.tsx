import type { NoteVersionRow } from './note-documents.ts';
import { versionLines, type VersionLine } from './version-lines.ts';

const SIGNS = { ADDED: '+', REMOVED: '−', SAME: ' ' } as const;
const WORDS = { ADDED: 'added', REMOVED: 'removed', SAME: '' } as const;

/** Lines that were added and removed, with a sign and a wash each: never by colour alone. */
export function VersionDiff({ changes }: { readonly changes: NoteVersionRow['changes'] }) {
  if (changes.every(({ kind }) => kind === 'SAME')) return <p className="hint">Nothing in its words changed.</p>;
  return (
    <ol className="diff" aria-label="Changed lines">
      {versionLines(changes).map(({ kind, pieces }, at) => <li key={at} className={`diff-${kind.toLowerCase()}`}><span aria-hidden="true">{SIGNS[kind]}</span>{kind !== 'SAME' && <span className="vh">{WORDS[kind]}: </span>}<Words kind={kind} pieces={pieces} /></li>)}
    </ol>
  );
}

/** A line that is new or gone as a whole, or the words of it that are. */
function Words({ kind, pieces }: VersionLine) {
  const Changed = kind === 'REMOVED' ? 'del' : 'ins';
  const whole = kind === 'REMOVED' && pieces.every(({ changed }) => !changed);
  return <span>{pieces.map(({ text, changed }, at) => (changed || whole ? <Changed key={at}>{text}</Changed> : text))}</span>;
}
