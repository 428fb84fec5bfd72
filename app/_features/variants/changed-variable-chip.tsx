const KINDS = { CODE: 'code', DATA: 'data', CONFIG: 'config', ENVIRONMENT: 'env' } as const;

export interface ChangedVariable { readonly kind: keyof typeof KINDS; readonly name: string; readonly from: string | null; readonly to: string | null }

/** kind | name, pale old value → new value. Kinds are words, not colours; no line strikes the old value, since through an 8 it makes a 0. */
export function ChangedVariableChip({ of }: { readonly of: ChangedVariable }) {
  return (
    <span className="chg">
      <span className="k">{KINDS[of.kind]}</span>
      <span className="nm">{of.name}</span>
      <span className="fr"><span className="vh">from </span>{of.from ?? 'unset'}</span>
      <span className="to"><span className="vh">to </span>{of.to ?? 'unset'}</span>
    </span>
  );
}
