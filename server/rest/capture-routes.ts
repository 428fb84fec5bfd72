import { capture, type GivenDataset, type GivenEnd, type GivenRun, type recordedRun, type startedRun } from '../../contracts/rest/capture.ts';
import type { z } from 'zod';
import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { keptTraceback, type RunCapture } from '../../domain/runs/capture.ts';
import { TAG } from '../../domain/runs/run-tags.ts';
import { logInputs, type DatasetUse } from '../../operations/datasets/log-inputs.ts';
import { describeRun } from '../../operations/runs/describe-run.ts';
import { recordCapture } from '../../operations/runs/record-capture.ts';
import { recordRunStatus } from '../../operations/runs/record-run-status.ts';
import { startRun } from '../../operations/runs/start-run.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { contextIn } from '../schema/runs/run-lists.ts';
import { visibleProjects } from '../visibility.ts';
import { keptTables } from './param-rules.ts';

interface Call { readonly viewer: Viewer; readonly name: string }
interface Described { readonly params: Readonly<Record<string, string>>; readonly tags: Readonly<Record<string, string>> }

/** The handlers for what a client captures of a run, from its beginning to its end: docs/guides/capture.md. */
export function captureRoutes({ reader, ports, env }: Pick<DoorDeps, 'reader' | 'ports' | 'env'>) {
  const artifactsOf = (mlflowId: number, runId: string): string => `${env.publicUrl}/api/2.0/mlflow-artifacts/artifacts/${mlflowId}/${runId}/artifacts`;
  return {
    async readCapture({ viewer, name }: Call): Promise<z.input<typeof recordedRun>> {
      const run = await reader.run.findFirst({ where: { id: name, deletedAt: null, experiment: { deletedAt: null, project: visibleProjects(viewer) } }, include: { experiment: { include: { project: true } } } });
      if (!run) throw notFound('run/unknown', 'There is no such run, or you may not see it.');
      const [captured, inputs] = await Promise.all([
        reader.runCapture.findUnique({ where: { runId: run.id } }),
        reader.runInput.findMany({ where: { runId: run.id }, include: { dataset: true }, orderBy: { datasetId: 'asc' } }),
      ]);
      const { experiment } = run;
      return {
        id: run.id, name: run.name, experiment: `${experiment.project.key}-${experiment.number}`, project: experiment.project.slug, status: run.status, seed: run.seed, artifacts: artifactsOf(experiment.mlflowId, run.id),
        capture: captured && capture.parse(captured.content), datasets: inputs.map(({ dataset: { name: dataset, digest, source, sourceType }, tags }) => ({ name: dataset, digest, role: contextIn(tags), source, sourceType })),
      };
    },
    async startRun({ viewer, body }: { readonly viewer: Viewer; readonly body: GivenRun }): Promise<z.input<typeof startedRun>> {
      const { id, project, experiment, hypothesis, because, metric, direction, minEffect } = body;
      const said = { ...given({ because, metric, minEffect }), ...(direction ? { direction: direction.toUpperCase() as 'INCREASE' | 'DECREASE' } : {}) };
      const place = await startRun(ports, viewer, {
        id, project, experiment, hypothesis, said, ...keptTables(body), name: body.name?.trim() || null, startedAt: new Date(body.startedAt), parentRunId: body.parentRun ?? null, reason: body.reason?.trim() || null,
      });
      return {
        id, experiment: `${place.project.key}-${place.experiment.number}`, project: place.project.slug, url: `${env.publicUrl}/r/${id}`,
        artifacts: artifactsOf(place.experiment.mlflowId, id),
      };
    },
    async describeRun({ viewer, name, body }: Call & { readonly body: Described }) {
      await describeRun(ports, viewer, { runId: name, ...keptTables(body), form: 'batch' });
      return {};
    },
    recordCapture: async ({ viewer, name, body }: Call & { readonly body: RunCapture }) => ({ changed: await recordCapture(ports, viewer, { runId: name, capture: body }) }),
    async noteDatasets({ viewer, name, body }: Call & { readonly body: { readonly datasets: readonly GivenDataset[] } }) {
      await logInputs(ports, viewer, { runId: name, datasets: body.datasets.map(datasetUse), modelIds: [] });
      return {};
    },
    async endRun({ viewer, name, body }: Call & { readonly body: GivenEnd }) {
      const { status, exitCode = null, signal = null, traceback = null } = body;
      const exit = { exitCode, signal, traceback: traceback === null ? null : keptTraceback(traceback) };
      await recordRunStatus(ports, viewer, { runId: name, status, endedAt: new Date(body.endedAt), exit });
      return {};
    },
  };
}

/** Blank words count as not said. */
const given = <Said extends Readonly<Record<string, string | number | undefined>>>(said: Said): { [Field in keyof Said]?: Exclude<Said[Field], undefined> } =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && String(value).trim() !== '')) as { [Field in keyof Said]?: Exclude<Said[Field], undefined> };

function datasetUse({ role, columns, ...dataset }: GivenDataset): DatasetUse {
  const { name, digest, source, sourceType, profile = null, meaning = null, rows = null, bytes = null } = dataset;
  return {
    dataset: { name, digest, source, sourceType, schema: columns ? JSON.stringify({ mlflow_colspec: columns.map((column) => ({ type: column.type, name: column.name, required: true })) }) : null, profile: profile ?? profileOf(rows), meaning, rows, bytes },
    tags: new Map(role ? [[TAG.datasetContext, role]] : []),
  };
}

/** As MLflow's datasets tell their size. */
const profileOf = (rows: number | null): string | null => (rows === null ? null : JSON.stringify({ num_rows: rows }));
