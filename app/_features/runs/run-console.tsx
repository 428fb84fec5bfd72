'use client';

import { useMemo } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
import { Copyable } from '../../_ui/copyable.tsx';
import { NotRead } from '../../_ui/not-read.tsx';
import { useOrigin } from '../../_ui/of-browser.ts';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { ConsoleView } from '../console/console-view.tsx';
import { useRunConsole } from '../console/use-run-console.ts';
import { isConsoleOutput } from '../artifacts/artifact-kind.ts';
import { RunConsoleFile } from './run-console-file.tsx';
import { ArtifactsQuery, type RunDetail } from './run-documents.ts';

/** What a run printed: lines as they were sent, and files that the training logged. */
export function RunConsole({ run }: { readonly run: RunDetail }) {
  const { console, loading, failure, again } = useRunConsole(run.id);
  const { files, reading } = useConsoleFiles(run.id);
  if (loading || reading) return <Loading rows={5} />;
  return (
    <>
      {failure !== null && <NotRead title="The console could not be read." failure={failure} again={again} />}
      {console.lineCount > 0 && <ConsoleView runId={run.id} console={console} />}
      {console.lineCount === 0 && files.length === 0 && failure === null && <NoConsole runId={run.id} />}
      {files.map((file) => (file.url === null ? null : <RunConsoleFile key={file.path} path={file.path} url={file.url} />))}
    </>
  );
}

/** Files beside the artifacts or in their folder logs that look like what a console said. */
function useConsoleFiles(id: string) {
  const [{ data: top, fetching }] = useQuery({ query: ArtifactsQuery, variables: { id, path: null } });
  const folder = top?.run?.artifacts.find((item) => item.isDirectory && /^logs?$/i.test(item.path))?.path ?? null;
  const [{ data: inside }] = useQuery({ query: ArtifactsQuery, variables: { id, path: folder }, pause: folder === null });
  const files = useMemo(() => [...(top?.run?.artifacts ?? []), ...(folder === null ? [] : (inside?.run?.artifacts ?? []))].filter((item) => item.url !== null && isConsoleOutput(item.path)), [top, inside, folder]);
  return { files, reading: top === undefined && fetching };
}

/** MLflow's protocol has no console of its own, so one is shown how to send lines. */
function NoConsole({ runId }: { readonly runId: string }) {
  const origin = useOrigin();
  const command = `curl ${origin}/api/v1/runs/${runId}/logs \\\n  -H 'content-type: application/x-ndjson' \\\n  -d '{"sequence": 0, "text": "Epoch 1: loss 0.52"}'`;
  return (
    <Empty
      fact="No console output has arrived."
      steps={[
        <><span>Send lines as they are printed, each with a number that goes up; they appear here at once:</span><Copyable text={command} label="the command that sends a line" /></>,
        <>Or log a file when the run ends: <code>mlflow.log_artifact(&quot;train.log&quot;)</code>. Files named <code>*.log</code>, <code>*.out</code>, <code>stdout</code> or <code>stderr</code> appear here.</>,
      ]}
    />
  );
}
