import type { RunKey } from '../../../generated/prisma/client.ts';
import { builder } from '../builder.ts';
import { pageSize } from '../page-size.ts';
import { ProjectRef } from '../types.ts';

const RunKeyKindEnum = builder.enumType('RunKeyKind', { values: ['METRIC', 'PARAM', 'TAG'] as const });

const RunKeyRef = builder.objectRef<Pick<RunKey, 'kind' | 'key'>>('RunKey').implement({
  description: "A name that a metric, param or tag of a project's runs has or had.",
  fields: (t) => ({ kind: t.expose('kind', { type: RunKeyKindEnum }), key: t.exposeString('key') }),
});

builder.objectField(ProjectRef, 'runKeys', (t) => t.field({
  type: [RunKeyRef],
  description: 'Names of metrics, params and tags with a text in them, in either case: those that begin with it first, then by name.',
  args: { text: t.arg.string({ defaultValue: '' }), kind: t.arg({ type: RunKeyKindEnum }), first: t.arg.int({ defaultValue: 50 }) },
  complexity: ({ first }) => ({ field: 10, multiplier: Math.max(1, first ?? 50) / 50 }),
  resolve: ({ id }, { text, kind, first }, { reader }) => reader.$queryRaw<Pick<RunKey, 'kind' | 'key'>[]>`
    SELECT kind::text AS kind, key FROM run_keys
    WHERE project_id = ${id} AND (${kind ?? null}::text IS NULL OR kind::text = ${kind ?? null}) AND (${text ?? ''} = '' OR position(lower(${text ?? ''}) IN lower(key)) > 0)
    ORDER BY position(lower(${text ?? ''}) IN lower(key)) > 1, key COLLATE "C", kind LIMIT ${pageSize(first)}`,
}));
