import { codeRelation, compareFiles, FILE_CHANGES, type ChangedFile, type CodeRelation, type ComparedFiles, type FunctionChange } from '../../../domain/code/comparison.ts';
import { notFound } from '../../../domain/refusal.ts';
import { compareLink } from '../../../domain/runs/commit-link.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { runOf } from '../loaders.ts';
import { RunRef } from '../types.ts';
import { sourceFilesOf } from './code-facts.ts';

const FileChangeEnum = builder.enumType('FileChange', { values: FILE_CHANGES });
const RelationEnum = builder.enumType('CodeRelation', {
  values: {
    SAME: { description: 'The same commit with the same changes on top, or the same files.' },
    SAME_COMMIT: { description: 'The same commit; what was uncommitted differs, or nobody kept it.' },
    OTHER_COMMIT: { description: 'Two commits.' },
    UNKNOWN: { description: 'A side has no commit, so only files can be compared.' },
  } satisfies Record<CodeRelation, { readonly description: string }>,
});

const MOST_FUNCTIONS = 200;

const FunctionChangeRef = builder.objectRef<FunctionChange>('FunctionChange').implement({
  description: 'A function that means something else, or is on one side only.',
  fields: (t) => ({ name: t.exposeString('name', { description: 'Qualified: "Trainer.fit".' }), change: t.field({ type: FileChangeEnum, resolve: ({ change }) => change }) }),
});

const ChangedFileRef = builder.objectRef<ChangedFile>('ChangedFile').implement({
  description: 'A source file whose content is another one, by the hashes that both captures have.',
  fields: (t) => ({
    path: t.exposeString('path', { description: "Relative to the repository's root." }),
    change: t.field({ type: FileChangeEnum, resolve: ({ change }) => change }),
    formOnly: t.exposeBoolean('formOnly', { description: 'Whether it means the same and is only written otherwise: comments, docstrings, blanks.' }),
    functions: t.field({ type: [FunctionChangeRef], description: `By name, at most ${MOST_FUNCTIONS}.`, resolve: ({ functions }) => functions.slice(0, MOST_FUNCTIONS) }),
  }),
});

/** As many as a page shows; a capture names no more files than four times as many. */
const MOST_CHANGED = 500;

interface Sides { readonly from: Prisma.RunModel; readonly to: Prisma.RunModel }
type Comparison = Sides & ComparedFiles;

const ComparisonRef = builder.objectRef<Comparison>('CodeComparison').implement({
  description: "What differs in the code of two runs, by what tells versions apart and by the hashes of their files. The lines are told by the uncommitted changes and untracked files that each run's capture keeps.",
  fields: (t) => ({
    from: t.field({ type: RunRef, resolve: ({ from }) => from }),
    to: t.field({ type: RunRef, resolve: ({ to }) => to }),
    relation: t.field({ type: RelationEnum, resolve: ({ from, to }) => codeRelation(from, to) }),
    compareUrl: t.string({
      nullable: true, description: 'Where GitHub or GitLab shows what changed from one commit to the other; null for other remotes, and where the commits are the same.',
      resolve: ({ from, to }) => compareLink({ repository: from.codeRepository, commit: from.codeCommit }, { repository: to.codeRepository, commit: to.codeCommit }),
    }),
    files: t.field({ type: [ChangedFileRef], description: `Source files that differ, by path, at most ${MOST_CHANGED}.`, resolve: ({ changed }) => changed.slice(0, MOST_CHANGED) }),
    fileCount: t.int({ description: 'Of all source files that differ.', resolve: ({ changed }) => changed.length }),
    sameFiles: t.stringList({ description: 'Paths of source files that are the same on both sides, byte for byte.', resolve: ({ same }) => [...same] }),
    complete: t.exposeBoolean('complete', { description: 'Whether both captures name all their source files. Else a file that one lacks may have been there, and is not listed.' }),
  }),
});

async function seen(context: Context, id: string): Promise<Prisma.RunModel> {
  const run = await runOf(context, id);
  if (run === undefined) throw notFound('run/unknown', `There is no run ${id}, or you may not see it.`);
  return run;
}

async function comparisonOf(context: Context, { from, to }: Sides): Promise<Comparison> {
  const [before, after] = await Promise.all([sourceFilesOf(context, from.id), sourceFilesOf(context, to.id)]);
  return { from, to, ...compareFiles({ files: before ?? [] }, { files: after ?? [] }) };
}

builder.queryField('codeComparison', (t) => t.field({
  // Two captures of up to two megabytes are read for it.
  type: ComparisonRef, complexity: { field: 1_000, multiplier: 1 }, description: 'What differs in the code from one run to another.', args: { from: t.arg.id({ required: true }), to: t.arg.id({ required: true }) },
  resolve: async (_, args, context) => {
    const [from, to] = await Promise.all([seen(context, args.from), seen(context, args.to)]);
    return comparisonOf(context, { from, to });
  },
}));
