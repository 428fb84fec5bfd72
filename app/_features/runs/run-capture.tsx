'use client';

import { useState } from 'react';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { DataTable } from '../../_ui/data-table.tsx';
import { NotRead } from '../../_ui/not-read.tsx';
import { formatBytes } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { Loading } from '../../_ui/waiting.tsx';
import { RunAttempts } from '../reproduction/run-attempts.tsx';
import { RunReproducibility } from '../reproduction/run-reproducibility.tsx';
import { CaptureQuery, type Capture, type Exit } from './capture-documents.ts';
import { CapturedCodePart, CapturedCommand } from './captured-code.tsx';
import { Fact } from './fact.tsx';
import { KeyValueTable } from './run-params-table.tsx';

/** What a run was made of and how its process ended, as its client told. */
export function RunCapture({ runId }: { readonly runId: string }) {
  const [{ data, fetching, error }, again] = useQuery({ query: CaptureQuery, variables: { id: runId }, requestPolicy: 'cache-and-network' });
  const failure = failureOf(error);
  if (failure !== null) return <NotRead title="The capture could not be read." failure={failure} again={again} />;
  const run = data?.run;
  if (run == null) return fetching ? <Loading rows={6} label="Reading the capture" /> : null;
  return (
    <>
      <RunReproducibility grade={run.reproducibility.grade} reasons={run.reproducibility.reasons} />
      <RunAttempts attempts={run.reproductions} />
      {run.exit !== null && <ExitPart exit={run.exit} />}
      {run.capture === null ? <p className="hint mt-4">Nothing else was captured: this run was not started by the Python client. What its tags and inputs told counts above.</p> : <CaptureParts capture={run.capture} runId={runId} />}
    </>
  );
}

function CaptureParts({ capture, runId }: { readonly capture: Capture; readonly runId: string }) {
  const { code, packages, variables, seeds, defaults } = capture;
  return (
    <>
      <CapturedCommand line={capture.commandLine} folder={capture.workingFolder} />
      {code !== null && <CapturedCodePart code={code} runId={runId} />}
      <Section title="Machine">
        <MachineFacts capture={capture} />
        <p className="hint mt-3">Captured <RelativeTime at={capture.recordedAt} />. The machine is shown and not compared: two runs on two kinds of hardware are repeats of one variant.</p>
      </Section>
      <Section title="Packages" count={packages.length}><div className="mt-3"><Packages packages={packages} /></div></Section>
      {seeds.length > 0 && <Section title="Seeds" count={seeds.length}><div className="mt-3"><KeyValueTable label="Seeds" rows={seeds} changed={NOTHING} /></div></Section>}
      {variables.length > 0 && <Section title="Environment variables" count={variables.length}><div className="mt-3"><KeyValueTable label="Environment variables" rows={variables} changed={NOTHING} /></div></Section>}
      {defaults.length > 0 && <Section title="Defaults of the script" count={defaults.length}><div className="mt-3"><KeyValueTable label="Defaults" rows={defaults} changed={NOTHING} /></div></Section>}
    </>
  );
}

const NOTHING: ReadonlyMap<string, string | null> = new Map();

function MachineFacts({ capture: { hardware, python, container, machine, modelType } }: { readonly capture: Capture }) {
  return (
    <dl className="dl mt-3">
      <Fact name="machine">{machine}</Fact>
      {hardware !== null && <HardwareFacts hardware={hardware} />}
      <Fact name="Python">{joined([python?.version, python?.implementation])}</Fact>
      <Fact name="container">{joined([container?.image, container?.digest])}</Fact>
      <Fact name="model">{modelType}</Fact>
    </dl>
  );
}

function HardwareFacts({ hardware: { os, cpu, cores, memoryBytes, gpus, cuda, driver } }: { readonly hardware: NonNullable<Capture['hardware']> }) {
  return (
    <>
      <Fact name="system">{os}</Fact>
      <Fact name="processor">{joined([cpu, cores === null ? null : `${cores} ${cores === 1 ? 'core' : 'cores'}`])}</Fact>
      <Fact name="memory">{bytesText(memoryBytes)}</Fact>
      {gpus.map((gpu, at) => <Fact key={`${at} ${gpu.name}`} name={gpus.length === 1 ? 'GPU' : `GPU ${at}`}>{joined([gpu.name, bytesText(gpu.memoryBytes)])}</Fact>)}
      <Fact name="CUDA">{joined([cuda, driver === null ? null : `driver ${driver}`])}</Fact>
    </>
  );
}

const bytesText = (bytes: number | null): string | null => (bytes === null ? null : formatBytes(bytes));
const joined = (parts: readonly (string | null | undefined)[]): string => parts.filter((part) => part != null && part !== '').join(', ');

const FIRST = 30;

function Packages({ packages }: { readonly packages: Capture['packages'] }) {
  const [filter, setFilter] = useState('');
  const [all, setAll] = useState(false);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = packages.filter(({ name, version }) => words.every((word) => `${name} ${version}`.includes(word)));
  const shown = all ? found : found.slice(0, FIRST);
  if (packages.length === 0) return <p className="text-ink-3">No packages were told.</p>;
  return (
    <div className="grid gap-2">
      {packages.length > 8 && <input className="field fq" type="search" placeholder="Filter packages" aria-label="Filter packages" value={filter} onChange={(event) => setFilter(event.target.value)} />}
      {found.length === 0
        ? <p className="text-ink-3">No package holds “{filter}”.</p>
        : (
          <DataTable
            label="Packages" rows={shown} rowKey={({ name, version }) => `${name} ${version}`}
            columns={[
              { key: 'name', head: 'package', cell: ({ name }) => <span className="mono bidi-own">{name}</span>, width: '34%' },
              { key: 'version', head: 'version', cell: ({ version }) => <span className="mono bidi-own">{version}</span> },
              { key: 'hash', head: 'installed files', leaves: 'narrow', cell: ({ hash }) => (hash === null ? <span className="text-ink-3">not known</span> : <span className="mono text-ink-3" title={hash}>{hash.slice(0, 12)}</span>) },
            ]}
          />
        )}
      {shown.length < found.length && <p><button type="button" className="btn bare sm" onClick={() => setAll(true)}>Show all {found.length.toLocaleString('en-US')}</button></p>}
    </div>
  );
}

function ExitPart({ exit: { exitCode, signal, traceback } }: { readonly exit: Exit }) {
  if (exitCode === null && signal === null && traceback === null) return null;
  return (
    <Section title="How it ended">
      <dl className="dl mt-3">
        <Fact name="exit code">{exitCode === null ? null : String(exitCode)}</Fact>
        <Fact name="signal">{signal}</Fact>
      </dl>
      {traceback !== null && <pre className="con wrapped" tabIndex={0} role="region" aria-label="Traceback">{traceback}</pre>}
    </Section>
  );
}
