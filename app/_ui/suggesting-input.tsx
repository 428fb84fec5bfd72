'use client';

import { useEffect, useId, useLayoutEffect, useRef, useState, type ComponentPropsWithRef, type KeyboardEvent, type RefObject } from 'react';

export interface Suggestion { readonly text: string; readonly detail: string }

interface SuggestingInputProps extends Omit<ComponentPropsWithRef<'input'>, 'value' | 'onChange' | 'onSelect' | 'ref'> {
  readonly ref?: RefObject<HTMLInputElement | null> | undefined;
  readonly text: string;
  /** What was typed, and where the cursor is. */
  readonly onTyped: (text: string, cursor: number) => void;
  readonly suggestions: readonly Suggestion[];
  /** What the list is called. */
  readonly listLabel: string;
  /** Answers the text with the suggestion taken, and where the cursor goes. */
  readonly onTake: (suggestion: Suggestion) => { readonly text: string; readonly cursor: number };
  /** The list was asked for with an arrow key. */
  readonly onAsk: () => void;
}

/**
 * A line of text with a list of ways to go on below it: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. The focus stays in the line. Nothing is chosen until an arrow key chooses it, so that
 * return still sends what was typed; Escape puts the list away until something is typed again.
 */
export function SuggestingInput({ ref, text, onTyped, suggestions, listLabel, onTake, onAsk, ...input }: SuggestingInputProps) {
  const own = useRef<HTMLInputElement | null>(null);
  const line = ref ?? own;
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const [placed, setPlaced] = useState<{ readonly cursor: number } | null>(null);
  const shown = isOpen && suggestions.length > 0;
  const active = shown && chosen < suggestions.length ? chosen : -1;
  useLayoutEffect(() => { if (placed) line.current?.setSelectionRange(placed.cursor, placed.cursor); }, [line, placed]);
  useEffect(() => { if (active >= 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' }); }, [id, active]);
  const say = (next: string, cursor: number): void => { setChosen(-1); onTyped(next, cursor); };
  const take = (suggestion: Suggestion): void => {
    const { text: next, cursor } = onTake(suggestion);
    say(next, cursor);
    setPlaced({ cursor });
  };
  const move = (by: 1 | -1): void => {
    onAsk();
    setOpen(true);
    if (shown) setChosen(active + by < -1 ? suggestions.length - 1 : active + by >= suggestions.length ? -1 : active + by);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const suggestion = suggestions[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && suggestion) take(suggestion);
    else if (event.key === 'Escape' && shown) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="sug">
      <input {...input} ref={line} role="combobox" aria-autocomplete="list" aria-expanded={shown} {...(shown ? { 'aria-controls': id } : {})} {...(active >= 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        value={text} spellCheck={false} autoCapitalize="off" autoComplete="off" onKeyDown={press} onBlur={() => setOpen(false)}
        onChange={({ target }) => { setOpen(true); say(target.value, target.selectionStart ?? target.value.length); }}
        onSelect={({ currentTarget }) => onTyped(text, currentTarget.selectionStart ?? text.length)} />
      <span className="vh" aria-live="polite">{shown ? `${suggestions.length} to choose from with the arrow keys` : ''}</span>
      {shown && <List {...{ id, listLabel, suggestions, active, take }} />}
    </div>
  );
}

interface ListProps { readonly id: string; readonly listLabel: string; readonly suggestions: readonly Suggestion[]; readonly active: number; readonly take: (suggestion: Suggestion) => void }

const List = ({ id, listLabel, suggestions, active, take }: ListProps) => (
  <ul id={id} role="listbox" aria-label={listLabel} className="sug-list">
    {suggestions.map((suggestion, at) => (
      // A press must not take the focus out of the line: that would put the list away before it is heard.
      <li key={suggestion.text} id={`${id}-${at}`} role="option" aria-selected={at === active} onPointerDown={(event) => event.preventDefault()} onClick={() => take(suggestion)}>
        <span>{suggestion.text}</span><span className="hint">{suggestion.detail}</span>
      </li>
    ))}
  </ul>
);
