import katex from 'katex';
import 'katex/dist/katex.min.css';

/** Draws a formula, with MathML behind it for those who listen. One that cannot be read says where; nothing in it can load, link or run. */
export function drawMath(latex: string, into: HTMLElement, display: boolean): void {
  katex.render(latex.slice(0, 10_000), into, { displayMode: display, throwOnError: false, trust: false, strict: 'ignore', maxSize: 20, maxExpand: 500, output: 'htmlAndMathml', errorColor: 'var(--refuted)' });
}
