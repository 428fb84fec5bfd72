import { commitLink } from '../../../domain/runs/commit-link.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { builder } from '../builder.ts';
import { personOf } from '../loaders.ts';
import { ParamRef, type Param } from '../param.ts';
import { PersonRef } from '../types.ts';
import type { DatasetUse } from './run-lists.ts';

// The small types a run is made of.

export const RunStatusEnum = builder.enumType('RunStatus', { values: ['SCHEDULED', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED'] as const });

export const TagRef = builder.objectRef<Param>('Tag').implement({ fields: (t) => ({ key: t.exposeString('key'), value: t.exposeString('value') }) });

export const CodeVersionRef = builder.objectRef<Prisma.RunModel>('CodeVersion').implement({
  description: 'The code that a run ran: a commit with what was uncommitted on top of it, or files that were in no commit.',
  fields: (t) => ({
    repository: t.exposeString('codeRepository', { nullable: true }),
    commit: t.exposeString('codeCommit', { nullable: true }),
    commitUrl: t.string({ nullable: true, description: 'Where the commit can be read, if its remote is on GitHub or GitLab.', resolve: ({ codeRepository, codeCommit }) => commitLink(codeRepository, codeCommit) }),
    branch: t.exposeString('codeBranch', { nullable: true }),
    dirty: t.exposeBoolean('codeDirty', { description: 'Run with changes that are in no commit.' }),
    source: t.exposeString('sourceName', { nullable: true, description: 'The script or notebook, as the client names it.' }),
  }),
});

export const DatasetVersionRef = builder.objectRef<DatasetUse>('DatasetVersion').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    digest: t.exposeString('digest'),
    context: t.exposeString('context', { nullable: true, description: 'What it was used for: training, evaluation.' }),
    sourceType: t.exposeString('sourceType'),
    source: t.exposeString('source'),
    schema: t.exposeString('schema', { nullable: true }),
    profile: t.exposeString('profile', { nullable: true }),
    meaning: t.exposeString('meaning', { nullable: true, description: 'SHA-256 of its rows as values: equal for the same data written in another form.' }),
    rows: t.exposeFloat('rows', { nullable: true }),
    bytes: t.exposeFloat('bytes', { nullable: true }),
  }),
});

export const EnvironmentRef = builder.objectRef<Prisma.EnvironmentModel>('Environment').implement({
  description: 'The software a run used; equal environments are one.',
  fields: (t) => ({
    id: t.exposeID('id'),
    digest: t.exposeString('digest'),
    items: t.field({ type: [ParamRef], resolve: ({ content }) => environmentItems(content) }),
  }),
});

/** The interpreter, then packages by name. */
export function environmentItems(content: unknown): Param[] {
  if (typeof content !== 'object' || content === null) return [];
  const { python, packages } = content as { readonly python?: unknown; readonly packages?: unknown };
  const listed = typeof packages === 'object' && packages !== null ? Object.entries(packages).map(([key, value]) => ({ key, value: String(value) })) : [];
  return [...(typeof python === 'string' ? [{ key: 'python', value: python }] : []), ...listed];
}

export const LoggedModelRef = builder.objectRef<Prisma.LoggedModelModel>('LoggedModel').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    status: t.exposeString('status'),
    modelType: t.exposeString('modelType', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

export interface Exclusion { readonly reason: string; readonly at: Date; readonly byId: string | null }

export const exclusionOf = ({ excludedAt, excludedReason, excludedById }: Prisma.RunModel): Exclusion | null => (excludedAt ? { at: excludedAt, reason: excludedReason ?? '', byId: excludedById } : null);

export const ExclusionRef = builder.objectRef<Exclusion>('Exclusion').implement({
  fields: (t) => ({
    reason: t.exposeString('reason'),
    by: t.field({ type: PersonRef, nullable: true, resolve: async ({ byId }, _, context) => (byId === null ? null : (await personOf(context, byId)) ?? null) }),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});

export const RunAbilitiesRef = builder.objectRef<{ readonly edit: boolean; readonly comment: boolean; readonly share: boolean }>('RunAbilities').implement({
  fields: (t) => ({ edit: t.exposeBoolean('edit'), comment: t.exposeBoolean('comment'), share: t.exposeBoolean('share') }),
});
