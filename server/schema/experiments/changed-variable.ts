import { builder } from '../builder.ts';

const KINDS = ['CODE', 'DATA', 'CONFIG', 'ENVIRONMENT'] as const;
export const ChangeKindEnum = builder.enumType('ChangeKind', { values: KINDS });

/** An item in which a treatment differs from the baseline; from and to are null where a side has none. */
export interface ChangedVariable { readonly kind: (typeof KINDS)[number]; readonly name: string; readonly from: string | null; readonly to: string | null }

export const ChangedVariableRef = builder.objectRef<ChangedVariable>('ChangedVariable').implement({
  fields: (t) => ({
    kind: t.field({ type: ChangeKindEnum, resolve: (changed) => changed.kind }),
    name: t.exposeString('name'),
    from: t.exposeString('from', { nullable: true }),
    to: t.exposeString('to', { nullable: true }),
  }),
});

/** Changed variables as the analysis keeps them in a row. */
export function changedFrom(json: unknown): ChangedVariable[] {
  if (!Array.isArray(json)) return [];
  return json.filter((each): each is ChangedVariable => typeof each === 'object' && each !== null && (KINDS as readonly unknown[]).includes((each as ChangedVariable).kind))
    .map(({ kind, name, from, to }) => ({ kind, name: String(name), from: from ?? null, to: to ?? null }));
}
