import Link from 'next/link';

const KINDS = { CODE: 'code', DATA: 'data', CONFIG: 'config', ENVIRONMENT: 'env' } as const;

export interface ChangedVariable { readonly kind: keyof typeof KINDS; readonly name: string; readonly from: string | null; readonly to: string | null }

interface ChipProps {
  readonly of: ChangedVariable;
  /** What its name leads to. */
  readonly href?: string;
  /** Its values are digests, which tell a reader nothing: only what came or went is said. */
  readonly isDigest?: boolean;
}

/** kind | name, pale old value → new value. Kinds are words, not colours; no line strikes the old value, since through an 8 it makes a 0. */
export function ChangedVariableChip({ of, href, isDigest = false }: ChipProps) {
  return (
    <span className="chg">
      <span className="k">{KINDS[of.kind]}</span>
      <span className="nm">{href === undefined ? of.name : <Link className="lk" href={href} title={`What have we tried for ${of.name}?`}>{of.name}</Link>}</span>
      {isDigest ? <span className="fr came">{cameOrWent(of)}</span> : <><span className="fr"><span className="vh">from </span>{of.from ?? 'unset'}</span><span className="to"><span className="vh">to </span>{of.to ?? 'unset'}</span></>}
    </span>
  );
}

function cameOrWent({ from, to }: ChangedVariable): string {
  if (from === null) return 'added';
  return to === null ? 'removed' : 'changed';
}
