import { endOf } from '../../../domain/artifacts/text-file.ts';
import type { CodePiece } from '../../_editor/highlight-code.ts';

const LANGUAGES: ReadonlyMap<string, string> = new Map([['cfg', 'ini'], ['conf', 'ini'], ['mlmodel', 'yaml'], ['ipynb', 'json'], ['geojson', 'json'], ['jsonl', 'json'], ['pyi', 'python'], ['cu', 'cpp'], ['log', ''], ['txt', '']]);

/** In which language a file is written, by its name, as the highlighter calls it. */
export function languageOf(path: string): string {
  const end = endOf(path) ?? path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return LANGUAGES.get(end) ?? end;
}

/** The coloured pieces of a text by line, each counted from the beginning of its line; a piece over several lines is one in each. Lines end as `text.split('\n')` has it. */
export function piecesByLine(text: string, pieces: readonly CodePiece[]): readonly (readonly CodePiece[])[] {
  const found: CodePiece[][] = [];
  let [start, at] = [0, 0];
  for (const line of text.split('\n')) {
    const own: CodePiece[] = [];
    const end = start + line.length;
    while (at < pieces.length && (pieces[at]?.to ?? 0) <= start) at += 1;
    for (let next = at; next < pieces.length; next += 1) {
      const piece = pieces[next];
      if (piece === undefined || piece.from >= end) break;
      own.push({ from: Math.max(piece.from, start) - start, to: Math.min(piece.to, end) - start, kind: piece.kind });
    }
    found.push(own);
    start = end + 1;
  }
  return found;
}
