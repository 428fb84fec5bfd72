import { Extension, type Editor, type Range } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import { ReactRenderer } from '@tiptap/react';
import { Suggestion, type SuggestionProps } from '@tiptap/suggestion';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { ChoiceList, type Choice, type ChoiceListHandle, type ChoiceListProps } from './choice-list.tsx';

export interface TypedList<Item extends Choice> {
  /** What opens it. */
  readonly char: '/' | '@' | '#';
  readonly label: string;
  readonly nothing: string;
  /** Whether words may follow one another: names have blanks. Either always, or as long as what was typed is one of them. */
  readonly allowSpaces?: boolean | ((typed: string) => boolean);
  /** Milliseconds of quiet before it is asked. */
  readonly waitInMs?: number;
  readonly find: (typed: string, signal: AbortSignal) => readonly Item[] | Promise<readonly Item[]>;
  readonly choose: (editor: Editor, range: Range, item: Item) => void;
}

/** A list that opens at the caret when its character is typed. What others type opens nothing here. */
export function typedList<Item extends Choice>(list: TypedList<Item>) {
  return Extension.create({
    name: `typedList${list.char}`,
    addProseMirrorPlugins() {
      return [Suggestion<Item, Item>({
        editor: this.editor,
        pluginKey: new PluginKey(`typed-list-${list.char}`),
        char: list.char,
        allowSpaces: list.allowSpaces !== undefined && list.allowSpaces !== false,
        allowedPrefixes: [' ', '(', '\u00A0'],
        debounce: list.waitInMs ?? 0,
        floatingUi: { strategy: 'fixed' },
        items: async ({ query, signal }) => [...await list.find(query, signal)],
        allow: ({ state, range }) => !state.doc.resolve(range.from).parent.type.spec.code && !state.doc.resolve(range.from).marks().some(({ type }) => type.name === 'code'),
        shouldShow: ({ transaction, query }) => transaction.getMeta(ySyncPluginKey) === undefined && mayBe(list, query),
        command: ({ editor, range, props }) => list.choose(editor, range, props),
        render: () => renderList(list),
      })];
    },
  });
}

/** After a blank it may be prose, which no list should stand over. */
const mayBe = <Item extends Choice>({ allowSpaces }: TypedList<Item>, typed: string): boolean => typeof allowSpaces !== 'function' || !/\s/.test(typed) || allowSpaces(typed);

function renderList<Item extends Choice>(list: TypedList<Item>) {
  let shown: ReactRenderer<ChoiceListHandle, ChoiceListProps<Item>> | null = null;
  let unmount: (() => void) | null = null;
  const propsOf = ({ items, loading, command, editor }: SuggestionProps<Item, Item>): ChoiceListProps<Item> => (
    { items, loading, label: list.label, nothing: list.nothing, onChoose: command, box: editor.view.dom }
  );
  const leave = (): void => {
    unmount?.();
    shown?.destroy();
    [shown, unmount] = [null, null];
  };
  return {
    onStart: (props: SuggestionProps<Item, Item>): void => {
      leave();
      shown = new ReactRenderer<ChoiceListHandle, ChoiceListProps<Item>>(ChoiceList<Item>, { editor: props.editor, props: propsOf(props), className: 'choice-float' });
      unmount = props.mount(shown.element);
    },
    onUpdate: (props: SuggestionProps<Item, Item>): void => shown?.updateProps(propsOf(props)),
    onKeyDown: ({ event }: { readonly event: KeyboardEvent }): boolean => shown?.ref?.press(event) ?? false,
    onExit: leave,
  };
}
