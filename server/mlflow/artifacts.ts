import { basename } from 'node:path';
import { z } from 'zod';
import { artifactFilePath, artifactPath } from '../../domain/artifacts/artifact-path.ts';
import { deleteArtifacts, putArtifact } from '../../operations/artifacts/put-artifact.ts';
import { visibleProjects } from '../visibility.ts';
import { unknownRun } from '../../operations/runs/reach.ts';
import { fieldsOf, type Handler } from './call.ts';
import { needed, text } from './fields.ts';
import { listFolder, listingAnswer, parseAddress, requireAddress, requireReadable } from './artifact-owner.ts';
import { invalid, MlflowProblem, unknown } from './problem.ts';
import { artifactUri, listed, WITH_EXPERIMENT } from './run-answer.ts';
import { runIdFields, runIdOf } from './runs.ts';
import { presignedArtifact, sendArtifact } from './send-artifact.ts';

/** The largest file that is kept, in bytes: 64 GiB. */
const LARGEST_FILE = 64 * 1024 ** 3;

const listFields = z.object({ ...runIdFields, path: text.optional() });

/** GET artifacts/list: a folder of a run. */
export const listArtifacts: Handler = async (call) => {
  const fields = await fieldsOf(call, listFields);
  const id = runIdOf(fields);
  const path = artifactPath(fields.path ?? '');
  const run = await call.deps.reader.run.findFirst({ where: { id, experiment: { project: visibleProjects(call.viewer) } }, include: WITH_EXPERIMENT });
  if (!run) throw unknownRun(id);
  return listingAnswer(artifactUri(run), await listFolder(call, { owner: { kind: 'run', id }, path }));
};

/** GET mlflow-artifacts/artifacts?path=: the same by address; names are relative to the folder. */
export const listByAddress: Handler = async (call) => {
  const address = parseAddress((await fieldsOf(call, z.object({ path: text.optional() }))).path ?? '');
  if (!address) return {};
  await requireReadable(call, address.owner);
  const files = await listFolder(call, address);
  return listed('files', files.map((file) => ({ ...file, path: basename(file.path) })));
};

/** GET mlflow-artifacts/artifacts/<address> */
export const download: Handler = async (call) => {
  const given = call.path['address'] ?? '';
  const address = parseAddress(given);
  if (!address) throw unknown(`No such artifact: '${given}'`);
  await requireReadable(call, address.owner);
  return sendArtifact(call, address, given);
};

/** PUT mlflow-artifacts/artifacts/<address>: the bytes go to the store as they come. */
export const upload: Handler = async (call) => {
  const { owner, path } = requireAddress(call.path['address'] ?? '');
  const { request, deps, viewer } = call;
  await putArtifact(deps.ports, viewer, { owner, path: artifactFilePath(path), content: request.iterator({ destroyOnReturn: false }), maxBytes: LARGEST_FILE });
  return {};
};

/** DELETE mlflow-artifacts/artifacts/<address> */
export const remove: Handler = async (call) => {
  await deleteArtifacts(call.deps.ports, call.viewer, requireAddress(call.path['address'] ?? ''));
  return {};
};

/** Uploads go through this server, which counts their digest; clients then send them whole. */
export const multipart: Handler = () => Promise.reject(new MlflowProblem('NOT_IMPLEMENTED', 'Multipart upload is not supported for the current artifact repository'));

/** GET mlflow-artifacts/presigned/<address>: asked by clients that were told to download in parts; where the store hands no address out, they download whole. */
export const presignedDownload: Handler = async (call) => {
  const address = parseAddress(call.path['address'] ?? '');
  if (address) await requireReadable(call, address.owner);
  const found = address && (await presignedArtifact(call, address));
  if (!found) throw new MlflowProblem('NOT_IMPLEMENTED', 'Multipart download is not supported for the current artifact repository');
  return found;
};


const presignedFields = z.object({ run_id: text.optional(), model_id: text.optional(), path: needed });
const presigned = (kind: 'upload' | 'download'): Handler => async (call) => {
  const { run_id: runId, model_id: modelId, path } = await fieldsOf(call, presignedFields);
  if ((runId ?? '') === '' && kind === 'download') throw invalid("Missing value for required parameter 'run_id'. See the API docs for more information about request parameters.");
  if (Boolean(runId) === Boolean(modelId) && kind === 'upload') throw invalid('Exactly one of run_id and model_id must be provided.');
  artifactPath(path);
  await requireReadable(call, runId ? { kind: 'run', id: runId } : { kind: 'model', id: modelId ?? '' });
  const [whose, what] = kind === 'upload' ? ['', 'a'] : ['runs with ', 'a run with a'];
  throw invalid(`Presigned ${kind} is not supported for ${whose}proxied artifact storage (artifact URI scheme: mlflow-artifacts). This endpoint requires ${what} direct cloud storage artifact URI.`);
};
export const presignedUploadUrl = presigned('upload');
export const presignedDownloadUrl = presigned('download');
