import { useEffect, useMemo, useState } from 'react';
import { everything, wordSearch, type KeySearch } from './metric-search.ts';
import type { patternSearch } from './pattern-search.ts';

interface Patterns { readonly patternSearch: typeof patternSearch }

const NOT_LOADED: Patterns = { patternSearch: () => everything('What finds regular expressions could not be loaded. Load the page again.') };

/** What was searched for, by words or by a pattern. While what reads patterns is on its way, the search before it stands; null where there was none. */
export function useKeySearch(text: string, regex: boolean): KeySearch | null {
  const byPattern = regex && text.trim() !== '';
  const patterns = usePatterns(byPattern);
  const search = useMemo(() => (byPattern ? patterns?.patternSearch(text) ?? null : wordSearch(text)), [byPattern, patterns, text]);
  const [kept, setKept] = useState(search);
  if (search !== null && search !== kept) setKept(search);
  return search ?? kept;
}

function usePatterns(needed: boolean): Patterns | null {
  const [patterns, setPatterns] = useState<Patterns | null>(null);
  useEffect(() => {
    if (needed) void import('./pattern-search.ts').catch(() => NOT_LOADED).then(setPatterns);
  }, [needed]);
  return patterns;
}
