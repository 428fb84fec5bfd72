'use client';

import { useId, type ComponentProps, type ReactNode } from 'react';

interface Labelled {
  readonly label: ReactNode;
  /** What to write here, in half a sentence. */
  readonly hint?: ReactNode;
  /** What is wrong with what stands here; null when nothing is. */
  readonly problem?: string | null;
  /** The label is for machines only: the place says what it is. */
  readonly quiet?: boolean;
}

interface FrameProps extends Labelled { readonly children: (aria: { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }) => ReactNode }

function Frame({ label, hint, problem, quiet, children }: FrameProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div className="lbl">
      <label htmlFor={id} className={quiet ? 'vh' : 't'}>{label}</label>
      {children({ id, ...(problem ? { 'aria-invalid': true as const } : {}), ...(described ? { 'aria-describedby': described } : {}) })}
      {problem ? <p className="e" id={`${id}-problem`} role="alert">{problem}</p> : null}
      {hint ? <p className="hint" id={`${id}-hint`}>{hint}</p> : null}
    </div>
  );
}

export function Field({ label, hint, problem, quiet, className = '', ...rest }: Labelled & ComponentProps<'input'>) {
  return <Frame {...{ label, hint }} problem={problem ?? null} quiet={quiet ?? false}>{(aria) => <input className={`field ${className}`} {...aria} {...rest} />}</Frame>;
}

export function Textarea({ label, hint, problem, quiet, className = '', ...rest }: Labelled & ComponentProps<'textarea'>) {
  return <Frame {...{ label, hint }} problem={problem ?? null} quiet={quiet ?? false}>{(aria) => <textarea className={`field ${className}`} {...aria} {...rest} />}</Frame>;
}

export interface Choice<Value extends string> { readonly value: Value; readonly label: string; readonly disabled?: boolean }

/** The platform's own list: it works by keyboard, by voice and on phones without our help. */
export function Select<Value extends string>({ label, hint, problem, quiet, className = '', choices, onChoose, ...rest }: Labelled & Omit<ComponentProps<'select'>, 'onChange'> & {
  readonly choices: readonly Choice<Value>[];
  readonly onChoose: (value: Value) => void;
}) {
  return (
    <Frame {...{ label, hint }} problem={problem ?? null} quiet={quiet ?? false}>
      {(aria) => (
        <select className={`field ${className}`} {...aria} {...rest} onChange={(event) => { const chosen = choices.find((choice) => choice.value === event.target.value); if (chosen) onChoose(chosen.value); }}>
          {choices.map((choice) => <option key={choice.value} value={choice.value} disabled={choice.disabled}>{choice.label}</option>)}
        </select>
      )}
    </Frame>
  );
}

export function Tick({ label, hint, ...rest }: { readonly label: ReactNode; readonly hint?: ReactNode } & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div>
      <label className="tick" htmlFor={id}><input id={id} type="checkbox" {...(hint ? { 'aria-describedby': `${id}-hint` } : {})} {...rest} /><span>{label}</span></label>
      {hint ? <p className="hint pl-6" id={`${id}-hint`}>{hint}</p> : null}
    </div>
  );
}
