import { notFound } from '../../../domain/refusal.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { excludeRun, includeRun } from '../../../operations/runs/exclude-run.ts';
import { moveRun } from '../../../operations/runs/move-run.ts';
import { updateRun } from '../../../operations/runs/update-run.ts';
import { forgetBatches } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { runOf } from '../loaders.ts';
import { RunRef } from '../types.ts';

interface Payload { readonly run: Prisma.RunModel }
const payload = (name: string) => builder.objectRef<Payload>(name).implement({ fields: (t) => ({ run: t.field({ type: RunRef, resolve: ({ run }) => run }) }) });

async function readBack(context: Context, id: string): Promise<Payload> {
  forgetBatches(context);
  const run = await runOf(context, id);
  if (!run) throw notFound('run/unknown', 'There is no such run, or you may not see it.');
  return { run };
}

const ExcludeRunInput = builder.inputType('ExcludeRunInput', { fields: (t) => ({ run: t.id({ required: true }), reason: t.string({ required: true }) }) });
builder.mutationField('excludeRun', (t) => t.field({
  type: payload('ExcludeRunPayload'),
  description: 'Keeps and shows a run, and leaves it out of the statistics.',
  args: { input: t.arg({ type: ExcludeRunInput, required: true }) },
  resolve: async (_, { input: { run, reason } }, context) => {
    await excludeRun(context.ports, viewerOf(context), { runId: run, reason });
    return readBack(context, run);
  },
}));

const IncludeRunInput = builder.inputType('IncludeRunInput', { fields: (t) => ({ run: t.id({ required: true }) }) });
builder.mutationField('includeRun', (t) => t.field({
  type: payload('IncludeRunPayload'),
  description: 'Counts an excluded run again.',
  args: { input: t.arg({ type: IncludeRunInput, required: true }) },
  resolve: async (_, { input: { run } }, context) => {
    await includeRun(context.ports, viewerOf(context), run);
    return readBack(context, run);
  },
}));

const UpdateRunInput = builder.inputType('UpdateRunInput', { fields: (t) => ({ run: t.id({ required: true }), name: t.string(), note: t.string(), archived: t.boolean(), deleted: t.boolean() }) });
builder.mutationField('updateRun', (t) => t.field({
  type: payload('UpdateRunPayload'),
  description: 'Renames, describes, archives or deletes a run, or brings it back.',
  args: { input: t.arg({ type: UpdateRunInput, required: true }) },
  resolve: async (_, { input: { run, name, note, archived, deleted } }, context) => {
    await updateRun(context.ports, viewerOf(context), { runId: run, name: name ?? undefined, note, archived: archived ?? undefined, deleted: deleted ?? undefined });
    return readBack(context, run);
  },
}));

const MoveRunInput = builder.inputType('MoveRunInput', { fields: (t) => ({ run: t.id({ required: true }), experiment: t.string({ required: true }) }) });
builder.mutationField('moveRun', (t) => t.field({
  type: payload('MoveRunPayload'),
  description: 'Puts a run, with the runs started inside it, into another experiment.',
  args: { input: t.arg({ type: MoveRunInput, required: true }) },
  resolve: async (_, { input: { run, experiment } }, context) => {
    await moveRun(context.ports, viewerOf(context), { runId: run, experiment });
    return readBack(context, run);
  },
}));
