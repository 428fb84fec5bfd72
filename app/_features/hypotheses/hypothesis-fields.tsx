'use client';

import { X } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Field, Textarea } from '../../_ui/field.tsx';
import { isEmpty, readMinEffect, type Draft } from './draft.ts';

/** What the grading says about one part: why it is missing or weak. */
export type ReasonFor = (part: string) => string | null;

interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly reasonFor: ReasonFor;
  /** Metrics logged here, most used first. */
  readonly metricKeys: readonly string[];
}

/** Elements are found by these ids when a part of the sentence is opened. */
export const FIELD_NAMES = { change: 'change', direction: 'direction', metric: 'metric', minEffect: 'min-effect', because: 'because' } as const;

/** One question a part. Under each stands why it matters, until it is answered well. */
export function HypothesisFields({ draft, onChange, reasonFor, metricKeys }: FieldsProps) {
  const metrics = useId();
  const noSize = Number.isNaN(readMinEffect(draft.minEffect) ?? 0);
  return (
    <div className={isEmpty(draft) ? 'grid gap-5' : 'asking grid gap-5'}>
      <datalist id={metrics}>{metricKeys.map((key) => <option key={key} value={key} />)}</datalist>
      <Textarea label="What will you change?" name={FIELD_NAMES.change} rows={2} maxLength={1000} value={draft.change} placeholder="mixing pairs of training digits (mixup, α = 0.2)" onChange={(event) => onChange({ change: event.target.value })} hint={<Why text={reasonFor('change')} />} autoFocus />
      <div className="grid gap-5 mid:grid-cols-3">
        <Field label="Which metric should it move?" name={FIELD_NAMES.metric} className="mono" list={metrics} maxLength={250} value={draft.metric} placeholder="test_acc" spellCheck={false} autoCapitalize="none" onChange={(event) => onChange({ metric: event.target.value })} hint={<Why text={reasonFor('metric')}>{metricKeys.length > 0 && !draft.metric ? <Suggestions keys={metricKeys.slice(0, 4)} onChoose={(metric) => onChange({ metric })} /> : null}</Why>} />
        <DirectionField value={draft.direction} onChange={(direction) => onChange({ direction })} reason={reasonFor('direction')} />
        <Field label="By at least how much?" name={FIELD_NAMES.minEffect} className="mono" inputMode="decimal" value={draft.minEffect} placeholder="0.005" onChange={(event) => onChange({ minEffect: event.target.value })} problem={noSize ? 'A size in the metric’s own unit, such as 0.005. The direction says which way.' : null} hint={<Why text={reasonFor('minEffect')}>The smallest effect worth having, in the metric’s own unit.</Why>} />
      </div>
      <Textarea label="Why should it work?" name={FIELD_NAMES.because} rows={2} maxLength={5000} value={draft.because} placeholder="blended strokes smooth the boundary between 3, 5 and 8, where most errors are" onChange={(event) => onChange({ because: event.target.value })} hint={<Why text={reasonFor('because')} />} />
      <Guardrails values={draft.guardrails} list={metrics} reason={reasonFor('guardrails')} onChange={(guardrails) => onChange({ guardrails })} />
      <details open={draft.ownWords !== ''}>
        <summary className="hint cursor-pointer">Say it in your own words instead</summary>
        <div className="mt-2"><Textarea quiet label="The hypothesis in your own words" name="own-words" rows={2} maxLength={2000} value={draft.ownWords} onChange={(event) => onChange({ ownWords: event.target.value })} hint="Lists and search show this sentence. The parts above still decide the verdict." /></div>
      </details>
    </div>
  );
}

/** Why a part matters, in ochre once the writing has begun and while it is missing; else what helps to fill it in. */
const Why = ({ text, children }: { readonly text: string | null; readonly children?: ReactNode }) => <>{text ? <span className="why">{text} </span> : null}{children}</>;

const Suggestions = ({ keys, onChoose }: { readonly keys: readonly string[]; readonly onChoose: (key: string) => void }) => (
  <span className="mt-1 flex flex-wrap gap-1">{keys.map((key) => <button key={key} type="button" className="chg" onClick={() => onChoose(key)}><span>{key}</span></button>)}</span>
);

function DirectionField({ value, onChange, reason }: { readonly value: Draft['direction']; readonly onChange: (value: NonNullable<Draft['direction']>) => void; readonly reason: string | null }) {
  const name = useId();
  return (
    <fieldset className="lbl" id={FIELD_NAMES.direction}>
      <legend className="t mb-1 text-12 font-medium text-ink-2">Up or down?</legend>
      <div className="either">
        {([['INCREASE', '↑', 'increase'], ['DECREASE', '↓', 'decrease']] as const).map(([direction, arrow, word]) => (
          <label key={direction}><input type="radio" name={name} value={direction} checked={value === direction} onChange={() => onChange(direction)} /><span><span aria-hidden="true">{arrow}</span> {word}</span></label>
        ))}
      </div>
      {reason ? <p className="hint"><span className="why">{reason}</span></p> : null}
    </fieldset>
  );
}

interface GuardrailsProps { readonly values: readonly string[]; readonly list: string; readonly reason: string | null; readonly onChange: (values: readonly string[]) => void }

function Guardrails({ values, list, reason, onChange }: GuardrailsProps) {
  const [text, setText] = useState('');
  const add = () => {
    const name = text.trim();
    if (name && !values.includes(name)) onChange([...values, name]);
    setText('');
  };
  return (
    <div className="grid gap-2">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1"><Field label="What must not get worse?" name="guardrail" className="mono" list={list} maxLength={250} value={text} placeholder="test_nll" spellCheck={false} autoCapitalize="none" onChange={(event) => setText(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); add(); } }} /></div>
        <Button className="h-8" onClick={add} disabled={text.trim() === ''}>Add</Button>
      </div>
      {values.length > 0 ? <ul className="flex flex-wrap gap-2" aria-label="Guardrails">{values.map((name) => <li key={name} className="chg"><span>{name}</span><button type="button" aria-label={`Remove ${name}`} className="grid min-h-6 place-items-center" onClick={() => onChange(values.filter((each) => each !== name))}><X size={12} aria-hidden="true" /></button></li>)}</ul> : null}
      {reason ? <p className="hint"><span className="why">{reason}</span></p> : null}
    </div>
  );
}
