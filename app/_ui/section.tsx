import { useId, type ReactNode } from 'react';

interface SectionProps {
  readonly title: ReactNode;
  /** A number, or one with a plus: "20+". */
  readonly count?: number | string | null;
  /** Right of the head: a hint, a link, a small button. */
  readonly aside?: ReactNode;
  readonly id?: string;
  readonly children: ReactNode;
}

/** A titled part of a page, with the hairline under its head. */
export function Section({ title, count, aside, id, children }: SectionProps) {
  const head = useId();
  return (
    <section className="sec" aria-labelledby={head} {...(id ? { id } : {})}>
      <div className="sec-h">
        <h2 id={head}>{title}</h2>
        {count == null ? null : <span className="num">{count}</span>}
        {aside ? <><span className="sp" />{typeof aside === 'string' ? <span className="hint">{aside}</span> : aside}</> : null}
      </div>
      {children}
    </section>
  );
}

/** The head of a page: title, one line about it, and what can be done. */
export function PageHead({ title, meta, children }: { readonly title: ReactNode; readonly meta?: ReactNode; readonly children?: ReactNode }) {
  return <div className="head"><div><h1>{title}</h1>{meta}</div>{children ? <div className="btns">{children}</div> : null}</div>;
}

/** Quiet facts in a row: "Owner Ada", "Design single change". */
export function Meta({ facts }: { readonly facts: readonly (readonly [label: string, value: ReactNode] | null)[] }) {
  return <div className="meta">{facts.map((fact) => fact && <span key={fact[0]}>{fact[0]} <b>{fact[1]}</b></span>)}</div>;
}
