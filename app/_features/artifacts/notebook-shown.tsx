'use client';

import { Fragment, useMemo, type ReactNode } from 'react';
import { Markdown } from '../../_editor/markdown.tsx';
import { piecesOf } from '../console/ansi.ts';
import { parseNotebook, type NotebookCell, type NotebookOutput } from './notebook.ts';
import { useColours } from './use-code.ts';

/** A notebook as cells: Markdown, code and what came of it. What it holds as HTML lies in frames that may run nothing; `otherwise` stands for what is no notebook. */
export function NotebookShown({ text, path, otherwise }: { readonly text: string; readonly path: string; readonly otherwise: ReactNode }) {
  const notebook = useMemo(() => parseNotebook(text), [text]);
  if (notebook === null) return otherwise;
  if (notebook.cells.length === 0) return <p className="text-ink-3 p-4">This notebook has no cells.</p>;
  return (
    <div className="nb" role="region" aria-label={`Notebook ${path}`} tabIndex={0}>
      {notebook.cells.map((cell, at) => <Cell key={at} cell={cell} language={notebook.language} number={at + 1} />)}
      {notebook.more > 0 && <p className="hint p-2">and {notebook.more} more cells. Download the file for the rest.</p>}
    </div>
  );
}

function Cell({ cell, language, number }: { readonly cell: NotebookCell; readonly language: string; readonly number: number }) {
  if (cell.kind !== 'code') return cell.kind === 'markdown' ? <div className="nb-md"><Markdown text={cell.text} /></div> : <pre className="nb-out">{cell.text}</pre>;
  return (
    <div className="nb-cell">
      <span className="nb-n" aria-label={cell.count === null ? 'Not run' : `Run as number ${cell.count}`}>[{cell.count ?? ' '}]</span>
      <div className="min-w-0">
        {cell.text !== '' && <Code text={cell.text} language={language} />}
        {cell.outputs.map((output, at) => <Output key={at} output={output} name={`Output ${at + 1} of cell ${number}`} />)}
      </div>
    </div>
  );
}

function Code({ text, language }: { readonly text: string; readonly language: string }) {
  const colours = useColours(text, `cell.${language}`);
  return (
    <pre className="nb-code">
      {text.split('\n').map((line, at) => {
        const pieces = colours[at] ?? [];
        return (
          <Fragment key={at}>
            {at > 0 && '\n'}
            {pieces.map(({ from, to, kind }, index) => <Fragment key={from}>{line.slice(pieces[index - 1]?.to ?? 0, from)}<span className={kind}>{line.slice(from, to)}</span></Fragment>)}
            {line.slice(pieces.at(-1)?.to)}
          </Fragment>
        );
      })}
    </pre>
  );
}

/** A frame does not know how high its content is, and nobody may ask inside: as many rows as it seems to have, or room for a drawing. */
function heightFor(html: string): number {
  const rows = html.match(/<(?:tr|br|p|li|h[1-6])\b/gi)?.length ?? 0;
  return rows === 0 ? 240 : Math.min(480, 40 + 28 * rows);
}

function Output({ output, name }: { readonly output: NotebookOutput; readonly name: string }) {
  if (output.kind === 'image') return <img className="nb-img" src={output.src} alt={name} />;
  // As with a file of HTML: no scripts, no forms, an origin of its own.
  if (output.kind !== 'text') return output.kind === 'html' ? <iframe className="nb-html" sandbox="" srcDoc={output.text} title={name} loading="lazy" style={{ height: heightFor(output.text) }} /> : <Markdown text={output.text} />;
  return (
    <pre className={output.isError ? 'nb-out nb-err' : 'nb-out'}>
      {output.text.split('\n').map((line, at) => <Fragment key={at}>{at > 0 && '\n'}{piecesOf(line).map((piece, place) => <span key={place} className={piece.className || undefined}>{piece.text}</span>)}</Fragment>)}
    </pre>
  );
}
