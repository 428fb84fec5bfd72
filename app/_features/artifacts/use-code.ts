'use client';

import { useEffect, useMemo, useState } from 'react';
import { linesOf } from '../../../domain/artifacts/quoted-line.ts';
import type { CodePiece } from '../../_editor/highlight-code.ts';
import { languageOf, piecesByLine } from './code-pieces.ts';

export interface CodeText {
  readonly text: string;
  readonly lines: readonly string[];
}

/** A text with its lines; of one that was cut off the last line is left out, for it is no whole one. */
export function useCodeText({ text, cut }: { readonly text: string; readonly cut: boolean }): CodeText {
  return useMemo(() => {
    const lines = linesOf(text);
    return { text, lines: cut && lines.length > 1 && !text.endsWith('\n') ? lines.slice(0, -1) : lines };
  }, [text, cut]);
}

type Pieces = readonly (readonly CodePiece[])[];
const PLAIN: Pieces = [];

/** The colours of a file's lines; what colours is fetched when there is something to colour, and until then nothing is coloured. */
export function useColours(text: string, path: string): Pieces {
  const [coloured, setColoured] = useState<{ readonly text: string; readonly path: string; readonly pieces: Pieces } | null>(null);
  useEffect(() => {
    let current = true;
    const language = languageOf(path);
    if (language === '') return undefined;
    void import('../../_editor/highlight-code.ts').then(({ highlightCode }) => {
      if (current) setColoured({ text, path, pieces: piecesByLine(text, highlightCode(text, language)) });
    });
    return () => { current = false; };
  }, [text, path]);
  return coloured?.text === text && coloured.path === path ? coloured.pieces : PLAIN;
}
