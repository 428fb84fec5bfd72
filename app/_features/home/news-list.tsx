'use client';

import Link from 'next/link';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Effect } from '../verdicts/effect.tsx';
import { kindOf, VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { effectScales } from './effect-scales.ts';
import type { HomeNewsItem } from './home-query.ts';
import { otherWords, turnWords } from './news-words.ts';

/** What changed since the last look, one line an experiment. */
export function NewsList({ items }: { readonly items: readonly HomeNewsItem[] }) {
  const told = items.flatMap(({ experiment, ...item }) => (experiment ? [{ ...item, experiment }] : []));
  const scaleOf = effectScales(told.filter(({ judged }) => judged).map(({ experiment }) => experiment));
  return (
    <ul>
      {told.map(({ experiment: { id, key, name, verdict, hypothesis }, at, ...item }) => {
        const turn = turnWords({ ...item, now: verdict?.outcome ?? null });
        const others = otherWords(item);
        return (
          <li key={id} className="li grid-cols-[56px_minmax(0,1fr)] mid:grid-cols-[64px_minmax(0,1fr)_max-content]">
            <span className="self-start mid:self-center leading-5 whitespace-nowrap font-mono text-11 text-ink-3"><RelativeTime short at={at} /></span>
            <div className="min-w-0">
              <Link className="ti" href={`/e/${key}`} data-step>{name}</Link>{' '}
              {turn !== null && verdict ? <>{turn} <VerdictBadge of={wordOf(verdict.outcome)} />{others === '' ? '' : ','} </> : null}
              <span className="text-ink-3">{others}</span>
            </div>
            {turn !== null && verdict ? <span className="col-start-2 mid:col-start-auto"><Effect fixed effect={verdict.effect} low={verdict.ciLow} high={verdict.ciHigh} kind={kindOf(verdict.outcome)} bar={hypothesis?.minEffect} scale={scaleOf.get(verdict.metric)} /></span> : null}
          </li>
        );
      })}
    </ul>
  );
}
