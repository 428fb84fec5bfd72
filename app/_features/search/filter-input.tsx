'use client';

import { useState, type RefObject } from 'react';
import { filterPlaceAt, type FilterPlace } from '../../../domain/search/filter-place.ts';
import { graphql } from '../../_graphql/graphql.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { SuggestingInput, type Suggestion } from '../../_ui/suggesting-input.tsx';
import { useSettled } from './use-search.ts';

const CompletionsQuery = graphql(`
  query Completions($text: String!, $cursor: Int!, $project: String) {
    completions(text: $text, cursor: $cursor, project: $project) { from items { insert detail } }
  }
`);

interface FilterInputProps {
  readonly ref?: RefObject<HTMLInputElement | null>;
  readonly id?: string;
  readonly className: string;
  readonly placeholder: string;
  readonly autoFocus?: boolean;
  readonly 'aria-label'?: string;
  readonly 'aria-invalid'?: boolean;
  readonly 'aria-describedby'?: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Names and values of this project, or of all that one may see. */
  readonly project: string | null;
  /** The line takes words too: where what is typed may be one, nothing is offered unless it is asked for with an arrow key. */
  readonly takesWords?: boolean;
}

/** A line in which a filter is written, with its fields, names and values offered as one types. */
export function FilterInput({ text, onText, project, takesWords = false, ...line }: FilterInputProps) {
  const [cursor, setCursor] = useState(text.length);
  const [askedAt, setAskedAt] = useState<string | null>(null);
  const place = filterPlaceAt(text, Math.min(cursor, text.length));
  const isWanted = place !== null && (askedAt === text || (askedAt !== null && !mayBeWord(place, takesWords)));
  const offered = useOffered(isWanted ? { text, cursor: Math.min(cursor, text.length), project } : null, place);
  const typed = (next: string, at: number): void => {
    setCursor(at);
    if (next === text) return;
    setAskedAt('');
    onText(next);
  };
  const take = ({ text: insert }: Suggestion): { readonly text: string; readonly cursor: number } => {
    if (!place) return { text, cursor };
    const behind = text.slice(place.to);
    return { text: `${text.slice(0, place.from)}${insert}${insert.endsWith(' ') ? behind.trimStart() : behind}`, cursor: place.from + insert.length };
  };
  return <SuggestingInput {...line} text={text} onTyped={typed} suggestions={isWanted ? offered : NONE} listLabel="Ways to go on" onTake={take} onAsk={() => setAskedAt(text)} />;
}

const NONE: readonly Suggestion[] = [];
const mayBeWord = ({ isFirst, wanted }: FilterPlace, takesWords: boolean): boolean => takesWords && isFirst && wanted.kind === 'condition' && wanted.of === null;

/** What is offered at a place. While the answer for one more letter is on its way, that of the letters before goes on being shown. */
function useOffered(asked: { readonly text: string; readonly cursor: number; readonly project: string | null } | null, place: FilterPlace | null): readonly Suggestion[] {
  const settled = JSON.parse(useSettled(JSON.stringify(asked))) as typeof asked;
  const [{ data, operation }] = useQuery({ query: CompletionsQuery, variables: settled ?? { text: '', cursor: 0, project: null }, pause: settled === null });
  const found = data?.completions;
  if (!asked || !place || !found || found.from !== place.from || operation?.variables.text.slice(0, place.from) !== asked.text.slice(0, place.from)) return NONE;
  return found.items.map(({ insert, detail }) => ({ text: insert, detail }));
}
