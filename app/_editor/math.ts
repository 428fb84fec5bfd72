import { InputRule, mergeAttributes, Node, type NodeViewRendererProps } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import type { NodeView } from '@tiptap/pm/view';
import { whenNear } from './when-near.ts';
import { make } from './make.ts';
import { changeNode, textAttribute, textIn } from './node-attributes.ts';

/** Tells a formula to open its source. */
const OPEN = 'open-source';

function mathNode(name: 'inlineMath' | 'blockMath') {
  const display = name === 'blockMath';
  const tag = display ? 'div' : 'span';
  const type = display ? 'block-math' : 'inline-math';
  return Node.create({
    name,
    group: display ? 'block' : 'inline',
    inline: !display,
    atom: true,
    addAttributes: () => ({ latex: textAttribute('latex') }),
    parseHTML: () => [{ tag: `${tag}[data-type="${type}"]` }],
    renderHTML: ({ HTMLAttributes, node }) => [tag, mergeAttributes(HTMLAttributes, { 'data-type': type }), textIn(node.attrs, 'latex')],
    renderText: ({ node }) => (display ? `$$\n${textIn(node.attrs, 'latex')}\n$$` : `$${textIn(node.attrs, 'latex')}$`),
    addInputRules() {
      // `$x$` in a line; `$$` and a space opens a formula of its own. A price is none: no blank stands inside the dollars.
      const find = display ? /^\$\$\s$/ : /(?:^|[\s(])(\$([^\s$](?:[^$\n]*[^\s$])?)\$)$/;
      return [new InputRule({
        find,
        handler: ({ state, range, match }) => {
          const start = display ? range.from : range.to - (match[1]?.length ?? 0) + 1;
          const { tr } = state;
          if (display) tr.replaceRangeWith(state.doc.resolve(range.from).before(), state.doc.resolve(range.from).after(), this.type.create({ latex: '' }));
          else tr.replaceWith(start, range.to, this.type.create({ latex: match[2] ?? '' }));
          if (display) openSource(this.editor.view.dom);
        },
      })];
    },
    addKeyboardShortcuts() {
      return {
        Enter: () => {
          const { selection } = this.editor.state;
          if (!(selection instanceof NodeSelection) || selection.node.type !== this.type || !this.editor.isEditable) return false;
          const dom = this.editor.view.nodeDOM(selection.from);
          dom?.dispatchEvent(new CustomEvent(OPEN));
          return true;
        },
      };
    },
    addNodeView: () => (props) => mathView(props, display),
  });
}

/** Once what was just put in is drawn: opens the empty formula. */
export function openSource(editor: HTMLElement): void {
  requestAnimationFrame(() => editor.querySelector('.math[data-empty]')?.dispatchEvent(new CustomEvent(OPEN)));
}

function mathView({ node: first, editor, getPos }: NodeViewRendererProps, display: boolean): NodeView {
  const drawn = make('span', { class: 'math-drawn' });
  const dom = make(display ? 'div' : 'span', { class: `math ${display ? 'block' : 'inline'}`, contenteditable: 'false' }, drawn);
  let latex = textIn(first.attrs, 'latex');
  let source: HTMLTextAreaElement | null = null;
  let near = false;

  const draw = (text: string): void => {
    dom.toggleAttribute('data-empty', text.trim() === '');
    if (text.trim() === '') drawn.textContent = 'Empty formula';
    else if (near) void import('./draw-math.ts').then(({ drawMath }) => drawMath(text, drawn, display));
    else drawn.textContent = text;
  };
  const leave = whenNear(dom, () => { near = true; draw(source?.value ?? latex); });

  const close = (keep: boolean): void => {
    if (source === null) return;
    const { value } = source;
    const box = source;
    source = null;
    box.remove();
    const at = getPos();
    if (keep && value.trim() === '' && at !== undefined) editor.chain().deleteRange({ from: at, to: at + first.nodeSize }).run();
    else if (keep && value !== latex) changeNode(editor.view, at, { latex: value });
    else draw(latex);
  };
  const leaveFor = (keep: boolean): void => {
    close(keep);
    const at = getPos();
    const stands = at !== undefined && editor.state.doc.nodeAt(at)?.type === first.type;
    if (stands && display) editor.chain().focus().setNodeSelection(at).run();
    else editor.chain().focus(stands ? at + 1 : null).run();
  };
  const open = (): void => {
    if (source !== null || !editor.isEditable) return;
    source = make('textarea', { class: 'math-source mono', 'aria-label': 'Formula in LaTeX', rows: display ? '2' : '1', placeholder: 'LaTeX, as in x^2', spellcheck: 'false' });
    source.value = latex;
    source.addEventListener('input', () => draw(source?.value ?? ''));
    source.addEventListener('blur', () => close(true));
    source.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); leaveFor(true); }
      if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); leaveFor(latex === ''); }
    });
    dom.append(source);
    source.focus();
  };
  dom.addEventListener(OPEN, open);
  drawn.addEventListener('click', open);
  draw(latex);
  return {
    dom,
    update: (node) => {
      if (node.type !== first.type) return false;
      latex = textIn(node.attrs, 'latex');
      if (source === null) draw(latex);
      return true;
    },
    selectNode: () => dom.classList.add('chosen'),
    deselectNode: () => dom.classList.remove('chosen'),
    stopEvent: (event) => event.target === source,
    ignoreMutation: () => true,
    destroy: leave,
  };
}

export const InlineMath = mathNode('inlineMath');
export const BlockMath = mathNode('blockMath');
