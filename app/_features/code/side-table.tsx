'use client';

import { Fragment, useSyncExternalStore } from 'react';
import { count } from '../../_ui/numbers.ts';
import { unified, type LineCount, type LineRow, type Mark, type SideCell, type SideRow } from './side-row.ts';

/** Two sides have room beside each other. */
const WIDE = '(min-width: 900px)';

function follow(changed: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

export const useWide = (): boolean => useSyncExternalStore(follow, () => matchMedia(WIDE).matches, () => true);

/** Nobody reads a line to its end beyond this. */
const LONGEST = 2_000;

export interface SideNames {
  readonly before: string;
  readonly after: string;
}

interface SideTableProps {
  readonly path: string;
  readonly names: SideNames;
  readonly rows: readonly SideRow[];
  /** Of all lines, those that are not shown too. */
  readonly counted: LineCount;
  readonly beside: boolean;
  readonly onUnfold: (from: number) => void;
}

/** A file's lines on both sides: beside each other, or one under the other. */
export function SideTable({ path, names, rows, counted, beside, onUnfold }: SideTableProps) {
  const shown = beside ? rows : unified(rows);
  const columns = beside ? 4 : 3;
  return (
    <div className="sbs-box" role="region" tabIndex={0} aria-label={`Lines of ${path}`}>
      <table className={beside ? 'sbs' : 'sbs one'}>
        <thead>
          {beside
            ? <tr><th scope="col"><span className="vh">line before</span></th><th scope="col" className="name">{names.before}<Count of={counted.removed} sign="−" /></th><th scope="col"><span className="vh">line after</span></th><th scope="col" className="name">{names.after}<Count of={counted.added} sign="+" /></th></tr>
            : <tr><th scope="col"><span className="vh">line before</span></th><th scope="col"><span className="vh">line after</span></th><th scope="col" className="name">{names.before}<Count of={counted.removed} sign="−" />, {names.after}<Count of={counted.added} sign="+" /></th></tr>}
        </thead>
        <tbody>
          {shown.map((row, at) => {
            if (row.kind === 'head') return <tr key={`head ${at}`} className="hunk"><td colSpan={columns}>{headText(row)}</td></tr>;
            if (row.kind === 'fold') return <tr key={`fold ${row.from}`} className="folded"><td colSpan={columns}><button type="button" className="btn bare sm" onClick={() => onUnfold(row.from)}>{count(row.count, 'line')} {row.count === 1 ? 'is' : 'are'} the same. Show {row.count === 1 ? 'it' : 'them'}</button></td></tr>;
            const starts = row.differs && !differs(shown[at - 1]);
            return beside ? <Beside key={keyOf(row)} row={row} starts={starts} /> : <Under key={keyOf(row)} row={row} starts={starts} />;
          })}
        </tbody>
      </table>
    </div>
  );
}

/** How many lines went or came. */
const Count = ({ of, sign }: { readonly of: number; readonly sign: '+' | '−' }) => (of === 0 ? null : <span className="num"> <span aria-hidden="true">{sign}{of}</span><span className="vh">: {count(of, 'line')} {sign === '+' ? 'added' : 'removed'}</span></span>);

const differs = (row: SideRow | undefined): boolean => row?.kind === 'line' && row.differs;
const keyOf = ({ before, after }: LineRow): string => `${before?.line ?? ''} ${after?.line ?? ''}`;

function headText({ same, heading }: Extract<SideRow, { readonly kind: 'head' }>) {
  return <>{same > 0 ? `${count(same, 'line')} ${same === 1 ? 'is' : 'are'} the same on both sides, and not kept. ` : null}{heading === '' ? null : <code>{heading.slice(0, LONGEST)}</code>}</>;
}

interface RowProps {
  readonly row: LineRow;
  /** The first of a change: where the keys lead. */
  readonly starts: boolean;
}

const startProps = (starts: boolean): object => (starts ? { 'data-change': '', tabIndex: -1 } : {});

function Beside({ row: { differs: other, before, after }, starts }: RowProps) {
  return (
    <tr {...startProps(starts)}>
      <LineNumber cell={before} header />
      <Text cell={before} kind={other ? 'removed' : 'same'} />
      <LineNumber cell={after} />
      <Text cell={after} kind={other ? 'added' : 'same'} />
    </tr>
  );
}

function Under({ row: { differs: other, before, after }, starts }: RowProps) {
  return (
    <tr {...startProps(starts)}>
      <LineNumber cell={before} header />
      <LineNumber cell={after} />
      <Text cell={after ?? before} kind={!other ? 'same' : after === null ? 'removed' : 'added'} />
    </tr>
  );
}

function LineNumber({ cell, header = false }: { readonly cell: SideCell | null; readonly header?: boolean }) {
  const content = cell === null ? <span className="vh">none</span> : cell.line;
  return header ? <th scope="row" className="n">{content}</th> : <td className="n">{content}</td>;
}

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;

function Text({ cell, kind }: { readonly cell: SideCell | null; readonly kind: keyof typeof SIGNS }) {
  if (cell === null) return <td className="t none"><span className="vh">nothing</span></td>;
  const cut = cell.text.length > LONGEST;
  return (
    <td className="t" data-kind={kind}>
      {kind === 'same' ? null : <span className="vh">{kind}: </span>}<span className="s" aria-hidden="true">{SIGNS[kind]}</span>
      <Marked text={cut ? cell.text.slice(0, LONGEST) : cell.text} marks={cell.marks} />
      {cut ? <span className="hint"> … {(cell.text.length - LONGEST).toLocaleString('en-US')} characters more</span> : null}
    </td>
  );
}

function Marked({ text, marks }: { readonly text: string; readonly marks: readonly Mark[] }) {
  if (marks.length === 0) return text;
  return <>{marks.map(({ from, to }, at) => <Fragment key={from}>{text.slice(marks[at - 1]?.to ?? 0, from)}<mark>{text.slice(from, to)}</mark></Fragment>)}{text.slice(marks.at(-1)?.to)}</>;
}
