import { Extension, type Editor, type JSONContent, type MappablePosition } from '@tiptap/core';
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { make } from './make.ts';

/** Something on its way into the text: what it is called, and how far it is. */
interface Waiting {
  readonly position: MappablePosition;
  readonly box: HTMLElement;
}

type State = ReadonlyMap<number, Waiting>;
type News = { readonly add: readonly [number, Waiting] } | { readonly remove: number };

const key = new PluginKey<State>('on-its-way');
let last = 0;

/** Holds the places of what is on its way. They move with everyone's edits, also with those that arrive from elsewhere. */
export const OnItsWay = Extension.create({
  name: 'onItsWay',
  addProseMirrorPlugins() {
    const { editor } = this;
    return [new Plugin<State>({
      key,
      state: {
        init: () => new Map(),
        apply: (transaction: Transaction, before) => {
          const news = transaction.getMeta(key) as News | undefined;
          if (!transaction.docChanged && news === undefined) return before;
          const after = new Map([...before].map(([id, one]) => [id, { ...one, position: transaction.docChanged ? editor.utils.getUpdatedPosition(one.position, transaction).position : one.position }]));
          if (news !== undefined && 'add' in news) after.set(...news.add);
          if (news !== undefined && 'remove' in news) after.delete(news.remove);
          return after;
        },
      },
      props: {
        decorations: (state) => {
          const waiting = key.getState(state) ?? new Map<number, Waiting>();
          if (waiting.size === 0) return null;
          return DecorationSet.create(state.doc, [...waiting].map(([id, { position, box }]) => Decoration.widget(Math.min(position.position, state.doc.content.size), box, { key: `on-its-way-${id}`, side: 1, ignoreSelection: true })));
        },
      },
    })];
  },
});

export interface Progress { readonly show: (share: number | null) => void }

/**
 * Shows at a place that something is coming, and puts it there when it has come, wherever that place is by then.
 * What fails stays there as a sentence, to be tried again or let go.
 */
export function insertLater(editor: Editor, at: number, name: string, work: (progress: Progress) => Promise<readonly JSONContent[]>): void {
  const id = ++last;
  const box = make('div', { class: 'on-its-way', contenteditable: 'false', role: 'status' });
  const forget = (): void => { if (!editor.isDestroyed) editor.view.dispatch(editor.state.tr.setMeta(key, { remove: id } satisfies News)); };
  const start = async (): Promise<void> => {
    const bar = make('i', {});
    const percent = make('span', { class: 'num hint' });
    box.replaceChildren(make('span', { class: 'tr' }, name), percent, make('div', { class: 'bar' }, bar));
    const show = (share: number | null): void => {
      bar.style.width = `${Math.round((share ?? 0) * 100)}%`;
      percent.textContent = share === null ? '' : `${Math.round(share * 100)} %`;
    };
    show(null);
    try {
      const content = await work({ show });
      if (editor.isDestroyed) return;
      const place = key.getState(editor.state)?.get(id)?.position.position ?? editor.state.doc.content.size;
      forget();
      editor.chain().insertContentAt(Math.min(place, editor.state.doc.content.size), [...content], { updateSelection: false }).run();
    } catch (problem) {
      const again = make('button', { type: 'button', class: 'btn sm' }, 'Try again');
      const leave = make('button', { type: 'button', class: 'btn sm bare' }, 'Leave it out');
      again.addEventListener('click', () => void start());
      leave.addEventListener('click', forget);
      box.replaceChildren(make('span', { class: 'bad' }, `${name} was not kept. ${problem instanceof Error ? problem.message : ''}`), make('span', { class: 'row' }, again, leave));
    }
  };
  editor.view.dispatch(editor.state.tr.setMeta(key, { add: [id, { position: editor.utils.createMappablePosition(at), box }] } satisfies News));
  void start();
}
