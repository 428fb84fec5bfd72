import { Extension, type Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type { Doc } from 'yjs';
import { PassageFinder, passageAt, wordsAt, type Passage, type PassageEnds, type Place } from './passage.ts';
import type { Passages } from './passages.ts';

export interface PassageMarksOptions {
  readonly doc: Doc;
  readonly passages: Passages | null;
  /** Whether something may be said on words that are chosen. */
  readonly mayComment: boolean;
}

/** The passage that is about to be talked about stands among the others under this name. */
const DRAFT = 'draft';
const FIELD = 'default';
const key = new PluginKey<State>('passages');

interface Marked extends Passage { readonly id: string; readonly number: number | null; readonly place: Place | null }
interface State {
  readonly marked: readonly Marked[];
  readonly drawn: DecorationSet;
  /** Whether the last edit was made or undone here: the shared document may then have the same words under other names. */
  readonly own: boolean;
}

/** Shows which passages are talked about. Their places follow everybody's edits; a click on one, or Mod Alt M in it, leads to what is said. */
export const PassageMarks = Extension.create<PassageMarksOptions>({
  name: 'passageMarks',
  addOptions: () => ({ doc: null as never, passages: null, mayComment: false }),
  addKeyboardShortcuts() {
    return { 'Mod-Alt-m': () => commentOn(this.editor, this.options) };
  },
  addProseMirrorPlugins() {
    const { editor, options } = this;
    const { passages } = options;
    if (passages === null) return [];
    return [new Plugin<State>({
      key,
      state: {
        init: () => NOTHING,
        apply: (transaction, before, _, after) => {
          const wanted = transaction.getMeta(key) === true;
          if (!wanted && !transaction.docChanged) return before;
          if (!wanted && before.marked.length === 0) return before;
          const finder = new PassageFinder(options.doc, options.doc.getXmlFragment(FIELD), after.doc);
          // What came from elsewhere replaces the whole text, as far as the editor knows: places are found anew. What is written here has not reached the shared document yet.
          const { isChangeOrigin = false, isUndoRedoOperation = false } = (transaction.getMeta(ySyncPluginKey) ?? {}) as { readonly isChangeOrigin?: boolean; readonly isUndoRedoOperation?: boolean };
          const own = !wanted && (!isChangeOrigin || isUndoRedoOperation);
          const marked = !wanted && !isChangeOrigin
            ? before.marked.map((one) => ({ ...one, place: followed(finder, one, transaction) }))
            : all(passages).map((one) => ({ ...one, place: finder.find(one.quote, endsOf(passages, one)) }));
          return { marked, own, drawn: drawn(after.doc, marked, passages.chosen) };
        },
      },
      props: {
        decorations: (state) => key.getState(state)?.drawn,
        handleClick: (view, position) => {
          const id = openAt(view.state, position);
          if (id !== null) passages.choose(id);
          return false;
        },
      },
      view: (view) => watched(view, editor, options, passages),
    })];
  },
});

const NOTHING: State = { marked: [], drawn: DecorationSet.empty, own: false };
const endsOf = (passages: Passages, { id, from, to }: Pick<Marked, 'id' | 'from' | 'to'>): readonly PassageEnds[] => (id === DRAFT ? [{ from, to }] : passages.endsOf(id));

const all = ({ marked, draft }: Passages): Omit<Marked, 'place'>[] => [...marked, ...(draft === null ? [] : [{ ...draft, id: DRAFT, number: null }])];

/** After an edit made here. What is written right before or after stays outside. */
function followed(finder: PassageFinder, { place, quote }: Marked, { mapping }: Transaction): Place | null {
  const moved = place && { from: mapping.map(place.from, 1), to: mapping.map(place.to, -1) };
  if (moved !== null && moved.from < moved.to) return moved;
  return finder.byWords(quote, null, moved?.from ?? null);
}

function drawn(doc: Node, marked: readonly Marked[], chosen: string | null): DecorationSet {
  const decorations = marked.flatMap(({ id, number, place }) => {
    if (place === null) return [];
    const looked = id === DRAFT || id === chosen ? ' looked-at' : '';
    const mark = Decoration.inline(place.from, place.to, { class: `passage${looked}`, 'data-passage': id }, { inclusiveStart: false, inclusiveEnd: false });
    return number === null ? [mark] : [mark, Decoration.inline(place.to - 1, place.to, { class: 'passage-end', 'data-number': String(number) }, { inclusiveStart: false, inclusiveEnd: false })];
  });
  return DecorationSet.create(doc, decorations);
}

/** The shortest of the passages that are talked about at a place. */
function openAt(state: EditorState, position: number): string | null {
  const here = (key.getState(state)?.marked ?? []).filter(({ id, place }) => id !== DRAFT && place !== null && place.from <= position && position < place.to);
  const length = ({ place }: Marked): number => (place === null ? 0 : place.to - place.from);
  return here.toSorted((a, b) => length(a) - length(b))[0]?.id ?? null;
}

/** Begins to say something on the words that are chosen; with none, opens what is said where the caret is. */
export function commentOn(editor: Editor, { doc, passages, mayComment }: PassageMarksOptions): boolean {
  if (passages === null) return false;
  const { selection } = editor.state;
  if (selection.empty) {
    const id = openAt(editor.state, selection.from);
    if (id !== null) passages.choose(id);
    return id !== null;
  }
  const passage = mayComment ? passageAt(doc.getXmlFragment(FIELD), editor.state.doc, selection) : null;
  if (passage === null) return false;
  // It is marked as what one talks about: chosen besides, it would keep the tools over the text.
  editor.commands.setTextSelection(selection.to);
  passages.begin(passage);
  return true;
}

function watched(view: EditorView, editor: Editor, options: PassageMarksOptions, passages: Passages) {
  const mark = (): void => view.dispatch(view.state.tr.setMeta(key, true).setMeta('addToHistory', false));
  const show = (id: string): void => {
    const place = key.getState(view.state)?.marked.find((one) => one.id === id)?.place;
    if (place == null) return;
    if (view.editable) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place.from)));
    const found = view.domAtPos(place.from, 1).node;
    (found instanceof Element ? found : found.parentElement)?.scrollIntoView({ block: 'center' });
  };
  // Where a paragraph is split, joined or made a heading, and where deleted words are brought back, the same letters come into the shared document under new names.
  const rename = (): void => {
    if (view.isDestroyed) return;
    const fragment = options.doc.getXmlFragment(FIELD);
    const finder = new PassageFinder(options.doc, fragment, view.state.doc);
    for (const { id, place, ...one } of key.getState(view.state)?.marked ?? []) {
      const [newest] = endsOf(passages, { id, ...one });
      const letters = newest === undefined ? null : finder.letters(newest, true);
      if (place === null || (letters?.from === place.from && letters.to === place.to)) continue;
      const anew = passageAt(fragment, view.state.doc, place);
      if (anew === null) continue;
      if (id === DRAFT) passages.begin({ from: anew.from, to: anew.to, quote: one.quote });
      else passages.renamed(id, { from: anew.from, to: anew.to });
    }
  };
  // A text that is only read takes no keys of its own.
  const onKey = (event: KeyboardEvent): void => {
    if (view.editable || !event.altKey || !(event.ctrlKey || event.metaKey) || event.code !== 'KeyM') return;
    if (commentOn(editor, options)) event.preventDefault();
  };
  const page = view.dom.ownerDocument;
  page.addEventListener('keydown', onKey);
  const leave = passages.takeText({ mark, show });
  // What is wanted already; not now, while the editor is being made.
  queueMicrotask(() => { if (!view.isDestroyed) mark(); });
  return {
    update: (now: EditorView, before: EditorState): void => {
      const state = key.getState(now.state);
      if (state === undefined || state === key.getState(before)) return;
      // After everyone who follows the editor has: one of them writes into the shared document.
      if (state.own && state.marked.length > 0) queueMicrotask(rename);
      passages.found(new Map(state.marked.filter(({ id }) => id !== DRAFT).map(({ id, place }) => [id, place && wordsAt(now.state.doc, place)])));
    },
    destroy: (): void => {
      page.removeEventListener('keydown', onKey);
      leave();
    },
  };
}
