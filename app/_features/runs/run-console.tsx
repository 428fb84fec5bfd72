'use client';

import { useMemo } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
import { Empty, ErrorNote, Loading } from '../../_ui/waiting.tsx';
import { isConsoleOutput } from './artifact-kind.ts';
import { useFileText } from './artifact-preview.tsx';
import { ArtifactsQuery, type RunDetail } from './run-documents.ts';

/** Console output, where the training logged it as a file: MLflow's protocol has no console of its own. */
export function RunConsole({ run }: { readonly run: RunDetail }) {
  const [{ data: top, fetching }] = useQuery({ query: ArtifactsQuery, variables: { id: run.id, path: null } });
  const folder = top?.run?.artifacts.find((item) => item.isDirectory && /^logs?$/i.test(item.path))?.path ?? null;
  const [{ data: inside }] = useQuery({ query: ArtifactsQuery, variables: { id: run.id, path: folder }, pause: folder === null });
  const logs = useMemo(() => [...(top?.run?.artifacts ?? []), ...(folder === null ? [] : (inside?.run?.artifacts ?? []))].filter((item) => !item.isDirectory && isConsoleOutput(item.path)), [top, inside, folder]);
  if (top === undefined && fetching) return <Loading rows={5} />;
  if (logs.length === 0) return <Empty fact="No console output was logged." steps={[<>Write it to a file and log that: <code>mlflow.log_artifact(&quot;train.log&quot;)</code></>, <>Files named <code>*.log</code>, <code>*.out</code>, <code>stdout</code> or <code>stderr</code> appear here.</>]} />;
  return logs.map((log) => (log.url === null ? null : <ConsoleFile key={log.path} path={log.path} url={log.url} />));
}

// A terminal's colours and cursor movements mean nothing on paper.
// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const ESCAPES = /\u001B\[[0-9;?]*[A-Za-z]/g;

function ConsoleFile({ path, url }: { readonly path: string; readonly url: string }) {
  const reading = useFileText(url);
  if (reading.state === 'loading') return <Loading rows={5} label={`Reading ${path}`} />;
  if (reading.state === 'failed') return <ErrorNote title={`${path} could not be read.`}>{reading.why}</ErrorNote>;
  const text = reading.text.replaceAll(ESCAPES, '');
  return (
    <section className="sec">
      <div className="sec-h"><h2 className="mono">{path}</h2><span className="num">{text.split('\n').length}</span><span className="sp" /><a className="lk text-12" href={url} download>Download</a></div>
      <pre className="con" tabIndex={0} role="region" aria-label={`Console output ${path}`}>{text}</pre>
      {reading.cut && <p className="hint mt-2">Only the beginning is shown. Download the file for the rest.</p>}
    </section>
  );
}
