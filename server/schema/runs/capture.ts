import type { CapturedCode, CapturedHardware, RunCapture } from '../../../domain/runs/capture.ts';
import { commandText } from '../../../domain/runs/command-text.ts';
import { commitLink } from '../../../domain/runs/commit-link.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { ParamRef, type Param } from '../param.ts';
import { RunRef } from '../types.ts';
import { artifactAt, ArtifactRef, artifactsIn, type ArtifactEntry } from './artifact.ts';

/** What was captured of a run, with the run whose files hold the rest. */
interface Captured extends RunCapture { readonly run: Prisma.RunModel; readonly recordedAt: Date }

const captureOf = batchedRows<string, Prisma.RunCaptureModel>(async (runIds, { reader }) =>
  new Map((await reader.runCapture.findMany({ where: { runId: { in: [...runIds] } } })).map((row) => [row.runId, row])));
const exitOf = batchedRows<string, Prisma.RunExitModel>(async (runIds, { reader }) =>
  new Map((await reader.runExit.findMany({ where: { runId: { in: [...runIds] } } })).map((row) => [row.runId, row])));

const pairs = (table: Readonly<Record<string, string>>): Param[] => Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value }));

/** Where a client keeps what was in no commit. */
const UNTRACKED = 'lemma/code/untracked';

type Untracked = CapturedCode['untracked'][number] & { readonly run: Prisma.RunModel };
const UntrackedFileRef = builder.objectRef<Untracked>('UntrackedFile').implement({
  description: 'A source file that was in no commit; its content is an artifact of the run below lemma/code/untracked/.',
  fields: (t) => ({
    path: t.exposeString('path', { description: "Relative to the repository's root." }),
    bytes: t.exposeFloat('bytes'),
    sha256: t.exposeString('sha256'),
    file: t.field({ type: ArtifactRef, nullable: true, description: 'What it says; null while it has not arrived. Another SHA-256 than that of the capture means that it was written over.', resolve: ({ path, run }, _, context) => artifactAt(run, UNTRACKED, `${UNTRACKED}/${path}`, context) }),
  }),
});
const LeftOutFileRef = builder.objectRef<CapturedCode['leftOut'][number]>('LeftOutFile').implement({
  description: 'A file that was seen and not kept.',
  fields: (t) => ({ path: t.exposeString('path'), bytes: t.exposeFloat('bytes', { nullable: true }), why: t.exposeString('why', { description: 'In the words of the client that left it out.' }) }),
});
const SubmoduleRef = builder.objectRef<CapturedCode['submodules'][number]>('Submodule').implement({
  fields: (t) => ({ path: t.exposeString('path'), commit: t.exposeString('commit', { nullable: true }), dirty: t.exposeBoolean('dirty') }),
});

interface Diff extends NonNullable<CapturedCode['diff']> { readonly run: Prisma.RunModel }

async function storedDiff({ path, run }: Diff, context: Context): Promise<ArtifactEntry | null> {
  const slash = path.lastIndexOf('/');
  return (await artifactsIn(run, slash < 0 ? null : path.slice(0, slash), context)).find((entry) => entry.path === path && entry.file !== null) ?? null;
}

const CapturedDiffRef = builder.objectRef<Diff>('CapturedDiff').implement({
  description: 'The changes that were in no commit when the run began.',
  fields: (t) => ({
    sha256: t.exposeString('sha256'),
    bytes: t.exposeFloat('bytes'),
    masked: t.exposeInt('masked', { description: 'How many secrets the client took out of it.' }),
    file: t.field({ type: ArtifactRef, nullable: true, description: 'The patch itself; null while it has not arrived. Another SHA-256 than that of the capture means that it was written over.', resolve: (diff, _, context) => storedDiff(diff, context) }),
  }),
});

const CapturedCodeRef = builder.objectRef<CapturedCode & { readonly run: Prisma.RunModel }>('CapturedCode').implement({
  description: 'The code a run was started from.',
  fields: (t) => ({
    repository: t.exposeString('repository', { nullable: true, description: 'Address of the remote, without credentials.' }),
    commit: t.exposeString('commit', { nullable: true }),
    commitUrl: t.string({ nullable: true, description: 'Where the commit can be read, if its remote is on GitHub or GitLab.', resolve: ({ repository, commit }) => commitLink(repository, commit) }),
    branch: t.exposeString('branch', { nullable: true, description: 'Null with a detached head.' }),
    dirty: t.exposeBoolean('dirty', { description: 'Whether there were changes that are in no commit.' }),
    onRemote: t.exposeBoolean('onRemote', { nullable: true, description: 'Whether a branch of a remote holds the commit; null where that is not known.' }),
    script: t.exposeString('script', { nullable: true }),
    diff: t.field({ type: CapturedDiffRef, nullable: true, resolve: ({ diff, run }) => diff && { ...diff, run } }),
    untracked: t.field({ type: [UntrackedFileRef], resolve: ({ untracked, run }) => untracked.map((file) => ({ ...file, run })) }),
    leftOut: t.field({ type: [LeftOutFileRef], resolve: ({ leftOut }) => [...leftOut] }),
    submodules: t.field({ type: [SubmoduleRef], resolve: ({ submodules }) => [...submodules] }),
    sourceFiles: t.int({ description: 'How many source files were told by their meaning.', resolve: ({ files }) => files.length }),
  }),
});

const CapturedPackageRef = builder.objectRef<RunCapture['packages'][number]>('CapturedPackage').implement({
  description: 'An installed package.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As PyPI normalizes it.' }),
    version: t.exposeString('version'),
    hash: t.exposeString('hash', { nullable: true, description: "SHA-256 of the installed distribution's RECORD." }),
  }),
});

const GpuRef = builder.objectRef<CapturedHardware['gpus'][number]>('Gpu').implement({ fields: (t) => ({ name: t.exposeString('name'), memoryBytes: t.exposeFloat('memoryBytes', { nullable: true }) }) });
const HardwareRef = builder.objectRef<CapturedHardware>('Hardware').implement({
  description: 'The machine a run was on. It is no part of the fingerprint.',
  fields: (t) => ({
    cpu: t.exposeString('cpu', { nullable: true }),
    cores: t.exposeInt('cores', { nullable: true }),
    memoryBytes: t.exposeFloat('memoryBytes', { nullable: true }),
    gpus: t.field({ type: [GpuRef], resolve: ({ gpus }) => [...gpus] }),
    cuda: t.exposeString('cuda', { nullable: true }),
    driver: t.exposeString('driver', { nullable: true }),
    os: t.exposeString('os', { nullable: true }),
  }),
});

const PythonRef = builder.objectRef<NonNullable<RunCapture['python']>>('CapturedPython').implement({ fields: (t) => ({ version: t.exposeString('version', { nullable: true }), implementation: t.exposeString('implementation', { nullable: true }) }) });
const ContainerRef = builder.objectRef<NonNullable<RunCapture['container']>>('CapturedContainer').implement({ fields: (t) => ({ image: t.exposeString('image', { nullable: true }), digest: t.exposeString('digest', { nullable: true }) }) });

const CaptureRef = builder.objectRef<Captured>('Capture').implement({
  description: 'What a run was made of, as its client saw it when it began. What the client did not say is null or empty.',
  fields: (t) => ({
    recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
    command: t.field({ type: ['String'], description: 'The command line, word by word.', resolve: ({ command }) => [...command] }),
    commandLine: t.string({ description: 'The same as one would type it into a POSIX shell; empty where it is not known.', resolve: ({ command }) => commandText(command) }),
    workingFolder: t.exposeString('workingFolder', { nullable: true, description: "Relative to the repository's root." }),
    code: t.field({ type: CapturedCodeRef, nullable: true, resolve: ({ code, run }) => code && { ...code, run } }),
    python: t.field({ type: PythonRef, nullable: true, resolve: ({ python }) => python }),
    packages: t.field({ type: [CapturedPackageRef], description: 'By name.', resolve: ({ packages }) => packages.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }),
    hardware: t.field({ type: HardwareRef, nullable: true, resolve: ({ hardware }) => hardware }),
    container: t.field({ type: ContainerRef, nullable: true, resolve: ({ container }) => container }),
    variables: t.field({ type: [ParamRef], description: "Environment variables of the client's allow-list, by name.", resolve: ({ variables }) => pairs(variables) }),
    seeds: t.field({ type: [ParamRef], description: 'By library.', resolve: ({ seeds }) => pairs(seeds) }),
    defaults: t.field({ type: [ParamRef], description: 'Params the script has when none are given.', resolve: ({ defaults }) => pairs(defaults) }),
    modelType: t.exposeString('modelType', { nullable: true }),
    machine: t.exposeString('machine', { nullable: true, description: 'What the client calls the machine.' }),
  }),
});

const RunExitRef = builder.objectRef<Prisma.RunExitModel>('RunExit').implement({
  description: 'How the process of a run ended, as its client told.',
  fields: (t) => ({
    exitCode: t.exposeInt('exitCode', { nullable: true }),
    signal: t.exposeString('signal', { nullable: true, description: 'SIGKILL, SIGTERM, …: what ended it from outside.' }),
    traceback: t.exposeString('traceback', { nullable: true, description: 'Of a long one the end.' }),
  }),
});

/** A capture may be two megabytes, so only a few are read in one answer. */
const READING_ONE = { field: 500, multiplier: 1 };

builder.objectFields(RunRef, (t) => ({
  capture: t.field({
    type: CaptureRef, nullable: true, complexity: READING_ONE, description: 'What the run was made of; null where nobody captured it. `lemma exec` does.',
    resolve: async (run, _, context) => {
      const row = await captureOf(context, run.id);
      return row ? { ...(row.content as unknown as RunCapture), recordedAt: row.recordedAt, run } : null;
    },
  }),
  exit: t.field({ type: RunExitRef, nullable: true, description: 'How its process ended; null where nobody told.', resolve: async (run, _, context) => (await exitOf(context, run.id)) ?? null }),
}));
