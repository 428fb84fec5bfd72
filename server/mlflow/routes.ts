import * as artifacts from './artifacts.ts';
import type { Handler } from './call.ts';
import { searchExperiments } from './experiment-search.ts';
import * as experiments from './experiments.ts';
import * as inputs from './inputs.ts';
import * as logging from './log-batch.ts';
import { searchLoggedModels } from './logged-model-search.ts';
import * as loggedModels from './logged-models.ts';
import * as metrics from './metrics.ts';
import * as versions from './model-versions.ts';
import * as registered from './registered-models.ts';
import * as runs from './runs.ts';

/** One line a request of the protocol. `{name}` stands for one part of the path, `{name…}` for the rest of it. Source: mlflow/protos/service.proto, model_registry.proto, mlflow_artifacts.proto. */
export const TABLE: readonly (readonly [methods: string, path: string, handler: Handler])[] = [
  ['POST', 'mlflow/experiments/create', experiments.createExperiment],
  ['GET POST', 'mlflow/experiments/search', searchExperiments],
  ['GET', 'mlflow/experiments/get', experiments.getExperiment],
  ['GET', 'mlflow/experiments/get-by-name', experiments.getExperimentByName],
  ['POST', 'mlflow/experiments/delete', experiments.deleteExperiment],
  ['POST', 'mlflow/experiments/restore', experiments.restoreExperiment],
  ['POST', 'mlflow/experiments/update', experiments.updateExperiment],
  ['POST', 'mlflow/experiments/set-experiment-tag', experiments.setExperimentTag],
  ['POST', 'mlflow/experiments/delete-experiment-tag', experiments.removeExperimentTag],
  ['POST', 'mlflow/experiments/search-datasets', inputs.searchDatasets],
  ['POST', 'mlflow/runs/create', runs.createRun],
  ['POST', 'mlflow/runs/update', runs.updateRun],
  ['POST', 'mlflow/runs/delete', runs.deleteRun],
  ['POST', 'mlflow/runs/restore', runs.restoreRun],
  ['GET', 'mlflow/runs/get', runs.getRun],
  ['POST', 'mlflow/runs/search', runs.searchRuns],
  ['POST', 'mlflow/runs/log-batch', logging.logBatch],
  ['POST', 'mlflow/runs/log-metric', logging.logMetric],
  ['POST', 'mlflow/runs/log-parameter', logging.logParam],
  ['POST', 'mlflow/runs/set-tag', logging.setTag],
  ['POST', 'mlflow/runs/delete-tag', logging.removeTag],
  ['POST', 'mlflow/runs/log-model', logging.logModel],
  ['POST', 'mlflow/runs/log-inputs', inputs.logInputs],
  ['POST', 'mlflow/runs/outputs', inputs.logOutputs],
  ['GET', 'mlflow/metrics/get-history', metrics.getMetricHistory],
  ['GET', 'mlflow/metrics/get-history-bulk', metrics.getMetricHistoryBulk],
  ['GET', 'mlflow/metrics/get-history-bulk-interval', metrics.getMetricHistoryBulkInterval],
  ['GET', 'mlflow/artifacts/list', artifacts.listArtifacts],
  ['POST', 'mlflow/artifacts/presigned-upload-url', artifacts.presignedUploadUrl],
  ['POST', 'mlflow/artifacts/presigned-download-url', artifacts.presignedDownloadUrl],
  ['POST', 'mlflow/logged-models', loggedModels.createLoggedModel],
  ['POST', 'mlflow/logged-models/search', searchLoggedModels],
  ['GET', 'mlflow/logged-models/{model_id}', loggedModels.getLoggedModel],
  ['PATCH', 'mlflow/logged-models/{model_id}', loggedModels.finalizeLoggedModel],
  ['DELETE', 'mlflow/logged-models/{model_id}', loggedModels.deleteLoggedModel],
  ['POST', 'mlflow/logged-models/{model_id}/params', loggedModels.logLoggedModelParams],
  ['PATCH', 'mlflow/logged-models/{model_id}/tags', loggedModels.setTags],
  ['DELETE', 'mlflow/logged-models/{model_id}/tags/{tag_key…}', loggedModels.deleteTag],
  ['GET', 'mlflow/logged-models/{model_id}/artifacts/directories', loggedModels.listFiles],
  ['GET', 'mlflow/logged-models/{model_id}/artifacts/files', loggedModels.getFile],
  ['POST', 'mlflow/registered-models/create', registered.createRegisteredModel],
  ['GET', 'mlflow/registered-models/get', registered.getRegisteredModel],
  ['PATCH', 'mlflow/registered-models/update', registered.updateRegisteredModel],
  ['POST', 'mlflow/registered-models/rename', registered.renameRegisteredModel],
  ['DELETE', 'mlflow/registered-models/delete', registered.deleteRegisteredModel],
  ['GET', 'mlflow/registered-models/search', registered.searchRegisteredModels],
  ['GET POST', 'mlflow/registered-models/get-latest-versions', registered.getLatestVersions],
  ['POST', 'mlflow/registered-models/set-tag', registered.setTag],
  ['DELETE', 'mlflow/registered-models/delete-tag', registered.deleteTag],
  ['POST', 'mlflow/registered-models/alias', registered.setAlias],
  ['DELETE', 'mlflow/registered-models/alias', registered.deleteAlias],
  ['GET', 'mlflow/registered-models/alias', registered.getVersionByAlias],
  ['POST', 'mlflow/model-versions/create', versions.createModelVersion],
  ['GET', 'mlflow/model-versions/get', versions.getModelVersion],
  ['PATCH', 'mlflow/model-versions/update', versions.updateModelVersion],
  ['DELETE', 'mlflow/model-versions/delete', versions.deleteModelVersion],
  ['GET', 'mlflow/model-versions/search', versions.searchModelVersions],
  ['GET', 'mlflow/model-versions/get-download-uri', versions.getDownloadUri],
  ['POST', 'mlflow/model-versions/transition-stage', versions.transitionStage],
  ['POST', 'mlflow/model-versions/set-tag', versions.setTag],
  ['DELETE', 'mlflow/model-versions/delete-tag', versions.deleteTag],
  ['GET', 'mlflow-artifacts/artifacts', artifacts.listByAddress],
  ['GET HEAD', 'mlflow-artifacts/artifacts/{address…}', artifacts.download],
  ['PUT', 'mlflow-artifacts/artifacts/{address…}', artifacts.upload],
  ['DELETE', 'mlflow-artifacts/artifacts/{address…}', artifacts.remove],
  ['POST', 'mlflow-artifacts/mpu/{step}/{address…}', artifacts.multipart],
  ['GET', 'mlflow-artifacts/presigned/{address…}', artifacts.presignedDownload],
];

interface Route {
  readonly pattern: RegExp;
  readonly handlers: ReadonlyMap<string, Handler>;
}

export interface Found {
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly path: Readonly<Record<string, string>>;
}

const exact = new Map<string, Map<string, Handler>>();
for (const [methods, path, handler] of TABLE) {
  const handlers = exact.get(path) ?? new Map<string, Handler>();
  exact.set(path, handlers);
  for (const method of methods.split(' ')) handlers.set(method, handler);
}
const patterns: readonly Route[] = [...exact].filter(([path]) => path.includes('{')).map(([path, handlers]) => ({
  handlers,
  pattern: new RegExp(`^${path.replace(/\{(\w+)…\}/g, '(?<$1>.+)').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`, 's'),
}));

/** What serves the path (below /api/2.0/), by method; null when nothing does. Placeholders come decoded. */
export function findRoute(path: string): Found | null {
  const handlers = exact.get(path);
  if (handlers && !path.includes('{')) return { handlers, path: {} };
  for (const { pattern, handlers: found } of patterns) {
    const match = pattern.exec(path);
    if (match) return { handlers: found, path: Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, text]) => [name, decoded(text)])) };
  }
  return null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
