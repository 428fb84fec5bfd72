'use client';

import { useEffect, useState } from 'react';
import { EMPTY_DRAFT, type Draft } from './draft.ts';

function kept(key: string): Draft | null {
  try {
    const text = sessionStorage.getItem(key);
    return text ? { ...EMPTY_DRAFT, ...(JSON.parse(text) as Partial<Draft>) } : null;
  } catch { return null; }
}

/** A draft that survives a reload of this tab. `place` names what it belongs to; `forget` once it is saved. For parts that only the browser draws. */
export function useDraft(place: string, start: Draft = EMPTY_DRAFT) {
  const key = `lemma-draft ${place}`;
  const [unchanged] = useState(() => JSON.stringify(start));
  const [draft, setDraft] = useState<Draft>(() => kept(key) ?? start);

  useEffect(() => {
    try {
      if (JSON.stringify(draft) === unchanged) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(draft));
    } catch { /* without storage the draft lives as long as the page */ }
  }, [key, draft, unchanged]);

  return {
    draft,
    change: (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part })),
    forget: () => { try { sessionStorage.removeItem(key); } catch { /* nothing was kept */ } },
  };
}
