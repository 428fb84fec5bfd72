import type { ReactNode } from 'react';
import type { SharedGist, SharePreview } from '../../../contracts/share-page.ts';
import { decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import { layOutInterval, type IntervalGeometry } from '../verdicts/interval-geometry.ts';
import { drawable } from './drawable.ts';
import { hopedWords, ownChange, ownInterval, ownScale, type Change } from './own-direction.ts';
import { PICTURE_SIZE } from './picture-size.ts';
import { answerOfMany, approvedOfMany, brokenOf, nextStep, ofTreatments, unapprovedWords } from './share-answers.ts';
import { barLabel, headlineOf, nameOf, NOTE_WORDS } from './share-words.ts';

/** The light tokens: a chat shows one picture to everybody. */
const PAPER = '#FBFAF7';
const INK = { 1: '#1B1A17', 2: '#4A463F', 3: '#676259', 4: '#8A8479' } as const;
const LINE = '#CDC7BB';
const ACCENT = '#2744B0';
const COLOURS = { SUPPORTED: '#0F6A64', REFUTED: '#B0480A', EQUIVALENT: '#6B3B8F', INCONCLUSIVE: '#654400' } as const;

const EDGE = 72;
const WIDE = PICTURE_SIZE.width - 2 * EDGE;
/** Room for what a line in the figure is called. */
const LABEL_WIDE = 200;
/** Experiments of a hypothesis that are drawn one below the other; the sentence counts all. */
const MOST_ROWS = 4;

/** Three lines of usual letters; of wide ones fewer are drawn. */
const MOST_QUESTION = 150;
const MOST_METRIC = 32;
const MOST_NEXT = 145;
/** Five lines. */
const MOST_SAID = 260;

type Finding = SharedGist['findings'][number];
type Verdict = NonNullable<Finding['verdict']>;
/** A verdict with its interval. */
interface Measured { readonly finding: Finding; readonly verdict: Verdict; readonly turned: Change }

const measured = (finding: Finding): Measured[] => {
  const { verdict } = finding;
  return verdict === null || verdict.effect === null || verdict.ciLow === null || verdict.ciHigh === null ? [] : [{ finding, verdict, turned: { mid: verdict.effect, low: verdict.ciLow, high: verdict.ciHigh } }];
};

/** The question, what was found and how well it is known, as a card that stands beside a link. Drawn by next/og: boxes are flex boxes, styles stand at the elements. */
export function SharePicture({ preview: { shown } }: { readonly preview: SharePreview }) {
  const said = shown === null ? { body: <Told words="Open the link to read it." />, next: null } : whatIsSaid(shown);
  return (
    <div style={{ display: 'flex', flexDirection: 'column', justifyContent: 'space-between', width: '100%', height: '100%', padding: `64px ${EDGE}px 52px`, background: PAPER, color: INK[1], fontSize: 30, lineHeight: 1.3 }}>
      <Question words={shown?.question ?? null} />
      {said.body}
      <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', borderTop: `2px solid ${LINE}`, paddingTop: 24, fontSize: 25, color: INK[2] }}>
        <div style={{ display: 'flex', maxWidth: WIDE - 180 }}>{said.next ?? 'A page that somebody shared'}</div>
        <div style={{ display: 'flex', alignItems: 'center', gap: 12, fontSize: 32, color: ACCENT }}><LemmaMark />Lemma</div>
      </div>
    </div>
  );
}

function whatIsSaid(shown: SharedGist): { readonly body: ReactNode; readonly next: string | null } {
  const [first, ...others] = shown.findings;
  if (shown.subject === 'run') return { body: <Told words="One run proves nothing by itself." />, next: null };
  if (shown.subject === 'lineage') return { body: <Told words={(shown.said === null ? null : drawable(shown.said, MOST_SAID)) ?? 'What came of what, step by step.'} />, next: null };
  if (shown.subject === 'note') return { body: <Told words={shown.about === null ? '' : `${NOTE_WORDS[shown.about]}.`} />, next: null };
  if (first === undefined) return { body: <Told words="Nothing has been found yet." />, next: null };
  if (others.length > 0) return { body: <Several shown={shown} />, next: approvedOfMany(shown.findings) };
  return { body: <One finding={first} shown={shown} />, next: drawable(nextStep(first), MOST_NEXT) };
}

/** Large where it is short. Words that cannot be drawn stand beside the picture in any case. */
function Question({ words }: { readonly words: string | null }) {
  const drawn = (words === null ? null : drawable(words, MOST_QUESTION)) ?? 'A shared result';
  return <div style={{ display: 'block', lineClamp: 3, flexShrink: 0, fontSize: drawn.length > 70 ? 40 : drawn.length > 36 ? 48 : 58, lineHeight: 1.2, letterSpacing: '-0.01em', wordBreak: 'break-word' }}>{drawn}</div>;
}

const Told = ({ words }: { readonly words: string }) => <div style={{ display: 'flex', color: INK[2], fontSize: 36 }}>{words}</div>;

function One({ finding, shown }: { readonly finding: Finding; readonly shown: SharedGist }) {
  const { verdict } = finding;
  if (verdict === null) return <Told words="No verdict yet." />;
  const [known] = measured(finding);
  const aside = [ofTreatments(verdict), ...brokenOf(verdict).map(({ metric }) => `${drawable(metric, MOST_METRIC) ?? 'something else'} got worse`)].filter((words) => words !== null).map((words) => `; ${words}`).join('');
  const unapproved = unapprovedWords(finding.approval);
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 20 }}>
      <div style={{ display: 'flex', alignItems: 'center', gap: 16, color: COLOURS[verdict.outcome], fontSize: 40 }}><Badge outcome={verdict.outcome} />{headlineOf(verdict.outcome)}{unapproved === null ? null : <div style={{ display: 'flex', flexShrink: 0, color: COLOURS.INCONCLUSIVE, fontSize: 28 }}>{unapproved}</div>}</div>
      {known === undefined ? <Alone verdict={verdict} aside={aside} /> : <Known of={known} shown={shown} aside={aside} />}
    </div>
  );
}

const metricOf = ({ metric }: Verdict): string => drawable(metric, MOST_METRIC) ?? 'the metric';
const hopedOf = ({ hypothesis }: SharedGist): NonNullable<SharedGist['hypothesis']> => hypothesis ?? { direction: null, minEffect: null };

/** One training has no interval: no number stands without one. */
const Alone = ({ verdict, aside }: { readonly verdict: Verdict; readonly aside: string }) => <div style={{ display: 'flex', color: INK[2] }}>{`${verdict.effect === null ? 'Nothing has been measured that could speak for or against it' : `One training of each says nothing about chance in ${metricOf(verdict)}`}${aside}.`}</div>;

function Known({ of: { verdict, turned }, shown, aside }: { readonly of: Measured; readonly shown: SharedGist; readonly aside: string }) {
  const hoped = hopedOf(shown);
  const own = ownInterval(turned, hoped);
  const { low, high } = own;
  const bar = ownChange(hoped.minEffect, hoped);
  const decimals = decimalsFor(low, high);
  const scale = ownScale([turned], hoped, verdict.outcome === 'EQUIVALENT');
  const zone = verdict.outcome === 'EQUIVALENT' ? hoped.minEffect : null;
  const at = (value: number): number => (WIDE * (value - scale.min)) / (scale.max - scale.min);
  const named = barLabel(hoped);
  // Too close for two labels they share one.
  const close = bar !== null && Math.abs(at(bar) - at(0)) < LABEL_WIDE;
  const marks = named === null || bar === null ? [{ at: at(0), text: 'no effect' }] : close ? [{ at: at(0), text: `solid: no effect; dotted: ${named}` }] : [{ at: at(0), text: 'no effect' }, { at: at(bar), text: named }];
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 14 }}>
      <div style={{ display: 'flex', alignItems: 'center', gap: 20 }}>
        <div style={{ display: 'flex', flexShrink: 0, fontSize: 52 }}>{formatNumber(own.mid, { decimals, sign: true })}</div>
        <div style={{ display: 'flex', flex: 1, color: INK[2], fontSize: 28, wordBreak: 'break-word' }}>{`in ${metricOf(verdict)}${hopedWords(own, hoped)}, very likely between ${formatNumber(low, { decimals })} and ${formatNumber(high, { decimals })}${aside}`}</div>
      </div>
      <Interval drawn={layOutInterval(own, scale, { bar, equivalence: zone })} width={WIDE} height={72} colour={COLOURS[verdict.outcome]} hollow={verdict.outcome === 'INCONCLUSIVE'} />
      <div style={{ display: 'flex', position: 'relative', height: 32, fontSize: 24, color: INK[3] }}>
        {marks.map((mark) => <Label key={mark.text} {...mark} wide={close ? 2 * LABEL_WIDE : LABEL_WIDE} />)}
      </div>
    </div>
  );
}

/** Under its mark, and inside the picture. */
const Label = ({ at, text, wide }: { readonly at: number; readonly text: string; readonly wide: number }) => (
  <div style={{ display: 'flex', position: 'absolute', left: Math.min(WIDE - wide, Math.max(0, at - wide / 2)), width: wide, justifyContent: at < wide / 2 ? 'flex-start' : at > WIDE - wide / 2 ? 'flex-end' : 'center' }}>{text}</div>
);

const NAME_WIDE = 250;
const NUMBER_WIDE = 330;
const ROW_WIDE = WIDE - NAME_WIDE - NUMBER_WIDE;

/** A forest: one scale for all, and only what is measured in one metric. */
function Several({ shown }: { readonly shown: SharedGist }) {
  const all = shown.findings.flatMap(measured);
  const rows = all.filter(({ verdict }) => verdict.metric === all[0]?.verdict.metric).slice(0, MOST_ROWS);
  const hoped = hopedOf(shown);
  const bar = ownChange(hoped.minEffect, hoped);
  const scale = ownScale(rows.map(({ turned }) => turned), hoped, false);
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 14 }}>
      <div style={{ display: 'flex', fontSize: 30 }}>{answerOfMany(shown.findings)}</div>
      {rows[0] === undefined ? null : <div style={{ display: 'flex', color: INK[3], fontSize: 24 }}>{`${metricOf(rows[0].verdict)}${hopedWords(null, hoped)}, with the range it very likely lies in`}</div>}
      <div style={{ display: 'flex', flexDirection: 'column' }}>
        {rows.map(({ finding, verdict, turned }, place) => {
          const own = ownInterval(turned, hoped);
          const { low, high } = own;
          const decimals = decimalsFor(low, high);
          return (
            <div key={place} style={{ display: 'flex', alignItems: 'center', height: 46, fontSize: 24 }}>
              <div style={{ display: 'flex', width: NAME_WIDE, color: INK[2] }}>{drawable(nameOf(finding), 18) ?? `Experiment ${place + 1}`}</div>
              <Interval drawn={layOutInterval(own, scale, { bar })} width={ROW_WIDE} height={46} colour={COLOURS[verdict.outcome]} hollow={verdict.outcome === 'INCONCLUSIVE'} />
              <div style={{ display: 'flex', width: NUMBER_WIDE, justifyContent: 'flex-end' }}>{`${formatNumber(own.mid, { decimals, sign: true })} [${formatNumber(low, { decimals })}, ${formatNumber(high, { decimals })}]`}</div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface IntervalProps { readonly drawn: IntervalGeometry; readonly width: number; readonly height: number; readonly colour: string; readonly hollow: boolean }

/** As everywhere in Lemma: whisker, dot, a line for no effect, a dotted one for the bar, a zone where nothing is worth having. */
function Interval({ drawn: { zone, zero, bar, whisker, dot }, width, height, colour, hollow }: IntervalProps) {
  const x = (percent: number): number => (percent * width) / 100;
  const middle = height / 2;
  const tick = Math.min(14, height / 4);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} fill="none">
      {zone !== null && <rect x={x(zone.from)} y={0} width={x(zone.to - zone.from)} height={height} fill="#EAE7DF" />}
      {zero !== null && <path d={`M${x(zero)} 0V${height}`} stroke={INK[4]} strokeWidth={2.5} />}
      {bar !== null && <path d={`M${x(bar)} 0V${height}`} stroke={INK[3]} strokeWidth={2.5} strokeDasharray="3 7" />}
      {whisker !== null && <path d={`M${x(whisker.from)} ${middle}H${x(whisker.to)}`} stroke={colour} strokeWidth={5} />}
      {whisker !== null && <path d={end(x(whisker.from), whisker.cutLeft ? 1 : 0, middle, tick) + end(x(whisker.to), whisker.cutRight ? -1 : 0, middle, tick)} stroke={colour} strokeWidth={5} />}
      {dot !== null && <circle cx={x(dot)} cy={middle} r={Math.min(13, height / 4)} fill={hollow ? PAPER : colour} stroke={colour} strokeWidth={5} />}
    </svg>
  );
}

/** A tick where it ends, an arrowhead where it goes on. */
const end = (x: number, barbs: 1 | 0 | -1, middle: number, tick: number): string =>
  (barbs === 0 ? `M${x} ${middle - tick}V${middle + tick}` : `M${x + barbs * tick} ${middle - tick}L${x} ${middle}L${x + barbs * tick} ${middle + tick}`);

const BADGES = {
  SUPPORTED: { lines: 'M2.5 1.5v13M5 8h10', at: 10 },
  REFUTED: { lines: 'M13.5 1.5v13M1 8h10', at: 6 },
  EQUIVALENT: { lines: 'M1.5 1.5v13M14.5 1.5v13M4 8h8', at: 8 },
  INCONCLUSIVE: { lines: 'M4.5 1.5v13M.5 8h6.25M12.25 8H15.5', at: 9.5 },
} as const;

function Badge({ outcome }: { readonly outcome: Verdict['outcome'] }) {
  const { lines, at } = BADGES[outcome];
  const colour = COLOURS[outcome];
  return (
    <svg width={40} height={40} viewBox="0 0 16 16" fill="none">
      <path d={lines} stroke={colour} strokeWidth={1.5} />
      <circle cx={at} cy={8} r={2.6} fill={outcome === 'INCONCLUSIVE' ? 'none' : colour} stroke={colour} strokeWidth={outcome === 'INCONCLUSIVE' ? 1.5 : 0} />
    </svg>
  );
}

const LemmaMark = () => (
  <svg width={34} height={34} viewBox="0 0 16 16" fill="none">
    <path d="M2.5 3v10M13.5 3v10M2.5 8h11" stroke={ACCENT} strokeWidth={1.5} /><circle cx={8} cy={8} r={2.6} fill={ACCENT} />
  </svg>
);
