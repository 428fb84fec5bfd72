'use client';

import { useEffect, useState, type ReactNode } from 'react';

/** The fact in one serif line, then what to do about it. */
export function Empty({ fact, steps, children }: { readonly fact: ReactNode; readonly steps?: readonly ReactNode[]; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="q">{fact}</p>
      {steps ? <ol>{steps.map((step, place) => <li key={place}><span className="min-w-0">{step}</span></li>)}</ol> : null}
      {children ? <div className="row wrap">{children}</div> : null}
    </div>
  );
}

const WIDTHS = [136, 92, 158, 110, 124] as const;

/** Nothing for 300 ms, then grey strips in the shape of what comes. They do not shimmer. */
export function Loading({ rows = 3, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="strips" aria-busy="true" aria-label={label} role="status" style={{ minHeight: rows * 32 }}>
      {late ? Array.from({ length: rows }, (_, row) => (
        <div key={row}><span className="strip" style={{ width: WIDTHS[row % WIDTHS.length] }} /><span className="sp" /><span className="strip" style={{ width: 96 }} /><span className="strip" style={{ width: 40 }} /></div>
      )) : null}
    </div>
  );
}

/** What happened in bold, what to do, the actions. */
export function ErrorNote({ title, children, quiet = false }: { readonly title: ReactNode; readonly children?: ReactNode; /** Ochre: not an error, but not enough yet. */ readonly quiet?: boolean }) {
  return (
    <div className={`note ${quiet ? 'warn-edge' : 'bad-edge'} py-0.5`} role={quiet ? 'status' : 'alert'}>
      <p className="font-medium">{title}</p>
      {children ? <div className="text-ink-2">{children}</div> : null}
    </div>
  );
}

/** Work under way: how far, in words beside the bar. */
export function Progress({ done, total, label }: { readonly done: number; readonly total: number; readonly label: string }) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return <div className="bar" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done}><i style={{ width: `${share * 100}%` }} /></div>;
}
