'use client';

import Link from 'next/link';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Effect } from '../verdicts/effect.tsx';
import { neededRepeats } from '../verdicts/needed-repeats.ts';
import { kindOf, VerdictBadge, VerdictGlyph, wordOf } from '../verdicts/verdict-badge.tsx';
import { effectScales } from './effect-scales.ts';
import type { HomeExperiment } from './home-query.ts';

export function RecentVerdicts({ experiments }: { readonly experiments: readonly HomeExperiment[] }) {
  const scaleOf = effectScales(experiments);
  return (
    <ul>
      {experiments.map(({ id, key, name, verdict, hypothesis }) => verdict && (
        <li key={id} className="li grid-cols-[56px_minmax(0,1fr)] mid:grid-cols-[64px_minmax(0,1fr)_max-content]">
          <span className="self-start mid:self-center leading-5 whitespace-nowrap font-mono text-11 text-ink-3"><RelativeTime short at={verdict.computedAt} /></span>
          <div className="min-w-0">
            <Link className="ti" href={`/e/${key}`}>{name}</Link> is <VerdictBadge of={wordOf(verdict.outcome)} />{' '}
            <span className="text-ink-3">{neededRepeats(verdict) ?? <>on <span className="mono">{verdict.metric}</span></>}</span>
          </div>
          <span className="col-start-2 mid:col-start-auto"><Effect fixed effect={verdict.effect} low={verdict.ciLow} high={verdict.ciHigh} kind={kindOf(verdict.outcome)} bar={hypothesis?.minEffect} scale={scaleOf.get(verdict.metric)} /></span>
        </li>
      ))}
    </ul>
  );
}

const ORDER = ['SUPPORTED', 'REFUTED', 'EQUIVALENT', 'INCONCLUSIVE'] as const;

/** The verdicts as a row of glyphs, and the same in words. */
export function VerdictMix({ experiments }: { readonly experiments: readonly HomeExperiment[] }) {
  const sorted = ORDER.map((outcome) => ({ outcome, n: experiments.filter((experiment) => experiment.verdict?.outcome === outcome).length })).filter(({ n }) => n > 0);
  const words = sorted.map(({ outcome, n }) => `${n} ${outcome.toLowerCase()}`).join(', ');
  return (
    <>
      <div className="mt-2.5 mb-0.5 flex flex-wrap gap-1.5" aria-hidden="true">{sorted.flatMap(({ outcome, n }) => Array.from({ length: n }, (_, place) => <VerdictGlyph key={`${outcome}${place}`} of={wordOf(outcome)} />))}</div>
      <p className="hint">{words}.</p>
    </>
  );
}
