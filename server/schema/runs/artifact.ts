import mime from 'mime';
import { listFolder, type FolderEntry } from '../../../domain/artifacts/list-folder.ts';
import { TEXT_ENDS, TEXT_NAMES } from '../../../domain/artifacts/text-file.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { experimentOfRun, perRun } from './run-lists.ts';

/** A file that is there, or what is known of one that the project’s rule removed. */
type File = Pick<Prisma.ArtifactModel, 'path' | 'size' | 'sha256'> & { readonly removedAt?: Date };
export interface ArtifactEntry extends FolderEntry<File> {
  /** Of the MLflow artifact store this run's files are read from. */
  readonly root: string;
}

/** Files read for one listing; a folder with more shows the first by path. */
const MOST_FILES = 20_000;

const filesOf = perRun<{ readonly folder: string }, readonly File[]>(async (runIds, { folder }, { reader }) => {
  const inside = folder === '' ? {} : { path: { startsWith: `${folder}/` } };
  const [files, gone] = await Promise.all([
    reader.artifact.findMany({ where: { ownerId: { in: [...runIds] }, ...inside }, orderBy: [{ ownerId: 'asc' }, { path: 'asc' }], take: MOST_FILES }),
    reader.removedFile.findMany({ where: { runId: { in: [...runIds] }, ...inside }, orderBy: [{ runId: 'asc' }, { path: 'asc' }], take: MOST_FILES }),
  ]);
  const [byRun, goneByRun] = [Map.groupBy(files, ({ ownerId }) => ownerId), Map.groupBy(gone, ({ runId }) => runId)];
  // One that was sent again stands for the one that was removed: of two at a path the later in the list is shown.
  return new Map(runIds.map((id) => [id, [...(goneByRun.get(id) ?? []), ...(byRun.get(id) ?? [])]]));
});

const filesByPath = perRun<{ readonly folder: string }, ReadonlyMap<string, File>>(async (runIds, { folder }, { reader }) => {
  const files = await reader.artifact.findMany({ where: { ownerId: { in: [...runIds] }, path: { startsWith: `${folder}/` } }, orderBy: [{ ownerId: 'asc' }, { path: 'asc' }], take: MOST_FILES });
  return new Map([...Map.groupBy(files, ({ ownerId }) => ownerId)].map(([id, own]) => [id, new Map(own.map((file) => [file.path, file]))]));
});

export const ArtifactRef = builder.objectRef<ArtifactEntry>('Artifact').implement({
  fields: (t) => ({
    path: t.exposeString('path'),
    isDirectory: t.boolean({ resolve: ({ file }) => file === null }),
    size: t.float({ nullable: true, description: 'Bytes; null for directories.', resolve: ({ file }) => (file ? Number(file.size) : null) }),
    removedAt: t.field({ type: 'DateTime', nullable: true, description: 'When the project’s rule removed it; its name, size and SHA-256 stay known. Null while it is there.', resolve: ({ file }) => file?.removedAt ?? null }),
    sha256: t.string({ nullable: true, resolve: ({ file }) => file?.sha256 ?? null }),
    mediaType: t.string({ nullable: true, description: 'Guessed from the name.', resolve: ({ file, path }) => (file ? mime.getType(path) ?? 'application/octet-stream' : null) }),
    url: t.string({
      nullable: true,
      description: 'Where a browser or client may fetch it; null for directories and for what was removed.',
      resolve: ({ file, path, root }) => (file && !file.removedAt ? `${root}/${path.split('/').map(encodeURIComponent).join('/')}` : null),
    }),
  }),
});

export async function artifactsIn(run: Prisma.RunModel, path: string | null | undefined, context: Context): Promise<ArtifactEntry[]> {
  const folder = (path ?? '').replace(/^\/+|\/+$/g, '');
  const [files, root] = await Promise.all([filesOf(context, run.id, { folder }), rootOf(context, run)]);
  return listFolder(files ?? [], folder).map((entry) => ({ ...entry, root }));
}

/** One file of a run by its path. All that are asked for in a folder cost one question, whatever lies below it. */
export async function artifactAt(run: Prisma.RunModel, folder: string, path: string, context: Context): Promise<ArtifactEntry | null> {
  const [files, root] = await Promise.all([filesByPath(context, run.id, { folder }), rootOf(context, run)]);
  const file = files?.get(path);
  return file === undefined ? null : { path, file, root };
}

async function rootOf(context: Context, run: Prisma.RunModel): Promise<string> {
  const experiment = await experimentOfRun(context, run.experimentId);
  return `/api/2.0/mlflow-artifacts/artifacts/${experiment?.mlflowId ?? ''}/${run.id}/artifacts`;
}

/** One path of several runs: a file a run, null where a run has none. */
export interface ComparedFile {
  readonly path: string;
  readonly values: readonly (ArtifactEntry | null)[];
  readonly differs: boolean;
}

/** Text files of runs by path, in two questions however many there are: those that differ first, by path, at most `most`. */
export async function comparedFiles(context: Context, runs: readonly Prisma.RunModel[], most: number): Promise<readonly ComparedFile[]> {
  const ids = runs.map(({ id }) => id);
  const found = await context.reader.$queryRaw<{ path: string; differs: boolean }[]>`
    SELECT path, count(*) < ${ids.length}::int OR count(DISTINCT sha256) > 1 AS differs FROM artifacts
    WHERE owner_id = ANY(${ids}) AND lower(regexp_replace(path, '^.*[./]', '')) = ANY(${[...TEXT_ENDS, ...TEXT_NAMES]})
    GROUP BY path ORDER BY 2 DESC, path COLLATE "C" LIMIT ${most}`;
  const files = await context.reader.artifact.findMany({ where: { ownerId: { in: ids }, path: { in: found.map(({ path }) => path) } } });
  const at = new Map(files.map((file) => [`${file.ownerId} ${file.path}`, file]));
  const roots = await Promise.all(runs.map((run) => rootOf(context, run)));
  return found.map(({ path, differs }) => ({
    path, differs,
    values: runs.map(({ id }, place) => {
      const file = at.get(`${id} ${path}`);
      return file === undefined ? null : { path, file, root: roots[place] ?? '' };
    }),
  }));
}
