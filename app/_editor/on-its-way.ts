import { Extension, type Editor, type JSONContent, type MappablePosition } from '@tiptap/core';
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { make } from './make.ts';
import { roomForBlocks } from './room-for-blocks.ts';

/** Something on its way into the text: what it is called, and how far it is. */
interface Waiting {
  readonly position: MappablePosition;
  readonly box: HTMLElement;
}

type State = ReadonlyMap<number, Waiting>;
type News = { readonly add: readonly [number, Waiting] } | { readonly remove: number } | { readonly keep: readonly number[]; readonly at: MappablePosition };

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
          if (news !== undefined && 'keep' in news) for (const [id, one] of after) if (news.keep.includes(id)) after.set(id, { ...one, position: news.at });
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
 * What comes to one place stands there in the order it was asked for, whichever is there first. What fails stays as a sentence, to be tried again or let go. Answers the place for what is to follow.
 */
export function insertLater(editor: Editor, at: number, name: string, work: (progress: Progress) => Promise<readonly JSONContent[]>): number {
  const room = editor.state.tr;
  const place = roomForBlocks(room, at);
  if (room.docChanged) editor.view.dispatch(room);
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
      const waiting: State = key.getState(editor.state) ?? new Map<number, Waiting>();
      const end = editor.state.doc.content.size;
      const there = Math.min(waiting.get(id)?.position.position ?? end, end);
      const earlier = [...waiting].filter(([other, { position }]) => other < id && position.position === there).map(([other]) => other);
      forget();
      editor.chain().insertContentAt(there, [...content], { updateSelection: false }).run();
      // What came to the place went before those that wait there; they were asked for earlier.
      if (earlier.length > 0) editor.view.dispatch(editor.state.tr.setMeta(key, { keep: earlier, at: editor.utils.createMappablePosition(there) } satisfies News));
    } catch (problem) {
      const again = make('button', { type: 'button', class: 'btn sm' }, 'Try again');
      const leave = make('button', { type: 'button', class: 'btn sm bare' }, 'Leave it out');
      again.addEventListener('click', () => void start());
      leave.addEventListener('click', forget);
      box.replaceChildren(make('span', { class: 'bad' }, `${name} was not kept. ${problem instanceof Error ? problem.message : ''}`), make('span', { class: 'row' }, again, leave));
    }
  };
  editor.view.dispatch(editor.state.tr.setMeta(key, { add: [id, { position: editor.utils.createMappablePosition(place), box }] } satisfies News));
  void start();
  return place;
}
