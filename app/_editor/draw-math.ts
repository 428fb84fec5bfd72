import katex from 'katex';
import 'katex/dist/katex.min.css';
import { MATH_OPTIONS, MOST_LATEX } from './math-options.ts';

/** Draws a formula, with MathML behind it for those who listen. */
export function drawMath(latex: string, into: HTMLElement, display: boolean): void {
  katex.render(latex.slice(0, MOST_LATEX), into, { ...MATH_OPTIONS, displayMode: display, output: 'htmlAndMathml' });
}
