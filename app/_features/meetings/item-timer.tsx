'use client';

import { useState } from 'react';
import { useNowOften } from '../../_ui/relative-time.tsx';
import { timeLeft } from './clock-words.ts';
import type { ItemDetail, MeetingDetail } from './meeting-documents.ts';

/** What is left for the item at hand, counted by the server and on from its last answer: this browser's clock may be wrong. Over time is said, not shouted. */
export function ItemTimer({ meeting, item }: { readonly meeting: MeetingDetail; readonly item: ItemDetail }) {
  const now = useNowOften(() => item.running);
  const [answer, setAnswer] = useState<{ readonly meeting: MeetingDetail; readonly at: number } | null>(null);
  if (now !== null && answer?.meeting !== meeting) setAnswer({ meeting, at: now });
  const since = item.running && now !== null && answer?.meeting === meeting ? Math.max(0, now - answer.at) / 1000 : 0;
  const { text, spoken, over } = timeLeft(item.plannedSeconds, item.spentSeconds + since);
  return <span className={`tm ${over ? 'over' : ''}`} role="timer" aria-label={spoken} title={over ? 'Over the time planned for this item' : 'Left for this item'}>{text}{over ? <span className="hint p2"> over</span> : null}</span>;
}
