import katex from 'katex';
import { MATH_OPTIONS, MOST_LATEX } from '../../_editor/math-options.ts';

/** A formula as MathML, which every browser draws by itself: a share page sends neither scripts nor fonts for it. */
export function Formula({ latex, display = false }: { readonly latex: string; readonly display?: boolean }) {
  // What katex writes is its own markup with the words escaped.
  const markup = { __html: katex.renderToString(latex.slice(0, MOST_LATEX), { ...MATH_OPTIONS, displayMode: display, output: 'mathml' }) };
  return display ? <div className="formula" tabIndex={0} role="group" aria-label="Formula" dangerouslySetInnerHTML={markup} /> : <span dangerouslySetInnerHTML={markup} />;
}
