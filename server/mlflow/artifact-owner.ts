import { artifactPath, invalidPath } from '../../domain/artifacts/artifact-path.ts';
import type { ArtifactOwner } from '../../operations/artifacts/artifact-owner.ts';
import { unknownLoggedModel } from '../../operations/models/reach.ts';
import { unknownRun } from '../../operations/runs/reach.ts';
import { visibleLoggedModels } from '../visibility.ts';
import type { Call } from './call.ts';
import { listed } from './run-answer.ts';

/** Where an artifact address leads: a file or folder of a run or a logged model. */
export interface ArtifactAddress {
  readonly owner: ArtifactOwner;
  /** Below the owner; "" for all of it. */
  readonly path: string;
}

const RUN = /^\d+\/([0-9a-f]{32})\/artifacts(?:\/(.*))?$/s;
const MODEL = /^\d+\/models\/(m-[0-9a-f]{32})\/artifacts(?:\/(.*))?$/s;

/** Reads "1/<run>/artifacts/a.txt" and "1/models/m-…/artifacts/MLmodel". Null for other places; refuses what tries to leave its place. */
export function parseAddress(given: string): ArtifactAddress | null {
  const path = artifactPath(given);
  const run = RUN.exec(path);
  if (run?.[1]) return { owner: { kind: 'run', id: run[1] }, path: run[2] ?? '' };
  const model = MODEL.exec(path);
  if (model?.[1]) return { owner: { kind: 'model', id: model[1] }, path: model[2] ?? '' };
  return null;
}

export function requireAddress(given: string): ArtifactAddress {
  const address = parseAddress(given);
  if (!address) throw invalidPath();
  return address;
}

/** Passes when the viewer may read the owner's project, else refuses as unknown. */
export async function requireReadable({ deps, viewer, gate }: Call, owner: ArtifactOwner): Promise<void> {
  if (owner.kind === 'run') {
    if (!/^[0-9a-f]{32}$/.test(owner.id)) throw unknownRun(owner.id);
    await gate.pass(viewer, owner.id, 'project.read');
    return;
  }
  const model = await deps.reader.loggedModel.findFirst({ where: { id: owner.id, deletedAt: null, ...visibleLoggedModels(viewer) }, select: { id: true } });
  if (!model) throw unknownLoggedModel(owner.id);
}

export interface ListedFile {
  readonly path: string;
  readonly is_dir: boolean;
  readonly file_size?: number;
}

interface Row { readonly name: string; readonly is_dir: boolean; readonly size: bigint }

/** The files and folders directly in a folder, by name, with one query however deep the tree below is. Paths are relative to the owner. */
export async function listFolder({ deps }: Pick<Call, 'deps'>, { owner, path }: ArtifactAddress): Promise<readonly ListedFile[]> {
  const prefix = path === '' ? '' : `${path}/`;
  const rows = await deps.reader.$queryRaw<Row[]>`
    SELECT split_part(substr(path, length(${prefix}) + 1), '/', 1) AS name, bool_or(position('/' IN substr(path, length(${prefix}) + 1)) > 0) AS is_dir, max(size) AS size
    FROM artifacts WHERE owner_id = ${owner.id} AND starts_with(path, ${prefix}) GROUP BY 1 ORDER BY 1`;
  return rows.map(({ name, is_dir, size }) => ({ path: prefix + name, is_dir, ...(is_dir ? {} : { file_size: Number(size) }) }));
}

/** A folder's listing in MLflow's JSON. */
export const listingAnswer = (rootUri: string, files: readonly ListedFile[]): object => ({ root_uri: rootUri, ...listed('files', files) });
