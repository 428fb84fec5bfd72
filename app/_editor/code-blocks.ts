import { Extension, type Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type NodeView } from '@tiptap/pm/view';
import type { CodePiece } from './highlight-code.ts';
import { make } from './make.ts';
import { changeNode, textIn } from './node-attributes.ts';

type Highlight = (text: string, language: string) => readonly CodePiece[];

/** Languages to choose from; others can be written after ``` and are kept. */
const CHOICES: readonly (readonly [language: string, word: string])[] = [
  ['', 'Plain text'], ['python', 'Python'], ['bash', 'Shell'], ['json', 'JSON'], ['yaml', 'YAML'], ['sql', 'SQL'], ['javascript', 'JavaScript'], ['typescript', 'TypeScript'],
  ['cpp', 'C++'], ['rust', 'Rust'], ['go', 'Go'], ['java', 'Java'], ['r', 'R'], ['xml', 'HTML, XML'], ['css', 'CSS'], ['ini', 'INI, TOML'], ['diff', 'Diff'], ['markdown', 'Markdown'],
];

const key = new PluginKey<DecorationSet>('code-colours');

/** Colours code, and lets its language be chosen. What colours is fetched when there is code, and each block is read again only when it changed. */
export const CodeBlocks = Extension.create({
  name: 'codeBlocks',
  addProseMirrorPlugins() {
    let highlight: Highlight | null = null;
    let asked = false;
    const known = new WeakMap<Node, readonly CodePiece[]>();
    const piecesOf = (node: Node): readonly CodePiece[] => {
      const before = known.get(node);
      if (before !== undefined || highlight === null) return before ?? [];
      const pieces = highlight(node.textContent, textIn(node.attrs, 'language'));
      known.set(node, pieces);
      return pieces;
    };
    const colour = ({ doc }: EditorState): DecorationSet => {
      const blocks = codeIn(doc);
      if (blocks.length === 0) return DecorationSet.empty;
      return DecorationSet.create(doc, blocks.flatMap(({ node, at }) => piecesOf(node).map(({ from, to, kind }) => Decoration.inline(at + 1 + from, at + 1 + to, { class: kind }))));
    };
    return [new Plugin<DecorationSet>({
      key,
      state: {
        init: (_, state) => colour(state),
        apply: (transaction, before, _old, state) => {
          if (!transaction.docChanged && transaction.getMeta(key) === undefined) return before;
          // Words elsewhere move the colours and change none.
          if (transaction.getMeta(key) === undefined && before === DecorationSet.empty && codeIn(state.doc).length === 0) return before;
          return colour(state);
        },
      },
      view: (view) => {
        const fetchOnce = (state: EditorState): void => {
          if (asked || codeIn(state.doc).length === 0) return;
          asked = true;
          void import('./highlight-code.ts').then(({ highlightCode }) => {
            highlight = highlightCode;
            if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, 'ready').setMeta('addToHistory', false));
          });
        };
        fetchOnce(view.state);
        return { update: ({ state }, before) => { if (state.doc !== before.doc) fetchOnce(state); } };
      },
      props: {
        decorations: (state) => key.getState(state),
        nodeViews: { codeBlock: (node, view, getPos) => codeView(this.editor, node, getPos) },
      },
    })];
  },
});

function codeIn(doc: Node): { node: Node; at: number }[] {
  const found: { node: Node; at: number }[] = [];
  doc.descendants((node, at) => {
    if (node.type.name === 'codeBlock') found.push({ node, at });
    return !node.isTextblock;
  });
  return found;
}

function codeView(editor: Editor, first: Node, getPos: () => number | undefined): NodeView {
  const contentDOM = make('code', {});
  const chooser = make('select', { class: 'code-language', 'aria-label': 'Language of the code', contenteditable: 'false' }, ...CHOICES.map(([value, word]) => make('option', { value }, word)));
  const dom = make('div', { class: 'code-block' }, make('pre', {}, contentDOM));
  if (editor.isEditable) dom.append(chooser);
  const show = (node: Node): void => {
    const language = textIn(node.attrs, 'language');
    if (!CHOICES.some(([value]) => value === language) && ![...chooser.options].some(({ value }) => value === language)) chooser.append(make('option', { value: language }, language));
    chooser.value = language;
  };
  chooser.addEventListener('change', () => {
    changeNode(editor.view, getPos(), { language: chooser.value === '' ? null : chooser.value });
    editor.commands.focus();
  });
  show(first);
  return {
    dom,
    contentDOM,
    update: (node) => {
      if (node.type !== first.type) return false;
      show(node);
      return true;
    },
    stopEvent: (event) => event.target === chooser,
    ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
  };
}
