import mime from 'mime';
import { listFolder, type FolderEntry } from '../../../domain/artifacts/list-folder.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { builder } from '../builder.ts';
import { experimentOfRun, perRun } from './run-lists.ts';

type File = Prisma.ArtifactModel;
export interface ArtifactEntry extends FolderEntry<File> {
  /** Of the MLflow artifact store this run's files are read from. */
  readonly root: string;
}

/** Files read for one listing; a folder with more shows the first by path. */
const MOST_FILES = 20_000;

const filesOf = perRun<{ readonly folder: string }, readonly File[]>(async (runIds, { folder }, { reader }) => {
  const inside = folder === '' ? {} : { path: { startsWith: `${folder}/` } };
  const files = await reader.artifact.findMany({ where: { ownerId: { in: [...runIds] }, ...inside }, orderBy: [{ ownerId: 'asc' }, { path: 'asc' }], take: MOST_FILES });
  return Map.groupBy(files, ({ ownerId }) => ownerId);
});

export const ArtifactRef = builder.objectRef<ArtifactEntry>('Artifact').implement({
  fields: (t) => ({
    path: t.exposeString('path'),
    isDirectory: t.boolean({ resolve: ({ file }) => file === null }),
    size: t.float({ nullable: true, description: 'Bytes; null for directories.', resolve: ({ file }) => (file ? Number(file.size) : null) }),
    sha256: t.string({ nullable: true, resolve: ({ file }) => file?.sha256 ?? null }),
    mediaType: t.string({ nullable: true, description: 'Guessed from the name.', resolve: ({ file, path }) => (file ? mime.getType(path) ?? 'application/octet-stream' : null) }),
    url: t.string({
      nullable: true,
      description: 'Where a browser or client may fetch it; null for directories.',
      resolve: ({ file, path, root }) => (file ? `${root}/${path.split('/').map(encodeURIComponent).join('/')}` : null),
    }),
  }),
});

export async function artifactsIn(run: Prisma.RunModel, path: string | null | undefined, context: Parameters<typeof filesOf>[0]): Promise<ArtifactEntry[]> {
  const folder = (path ?? '').replace(/^\/+|\/+$/g, '');
  const [files, experiment] = await Promise.all([filesOf(context, run.id, { folder }), experimentOfRun(context, run.experimentId)]);
  const root = `/api/2.0/mlflow-artifacts/artifacts/${experiment?.mlflowId ?? ''}/${run.id}/artifacts`;
  return listFolder(files ?? [], folder).map((entry) => ({ ...entry, root }));
}
