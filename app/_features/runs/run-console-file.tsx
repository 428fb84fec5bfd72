'use client';

import { plainText } from '../../../domain/console/console-line.ts';
import { ErrorNote, Loading } from '../../_ui/waiting.tsx';
import { useFileText } from '../artifacts/use-file-text.ts';

/** Console output that the training logged as a file, without its colours. */
export function RunConsoleFile({ path, url }: { readonly path: string; readonly url: string }) {
  const reading = useFileText(url, null);
  if (reading.state === 'loading') return <Loading rows={5} label={`Reading ${path}`} />;
  if (reading.state === 'failed') return <ErrorNote title={`${path} could not be read.`}>{reading.why}</ErrorNote>;
  const lines = reading.text.split('\n').map(plainText);
  return (
    <section className="sec">
      <div className="sec-h"><h2 className="mono">{path}</h2><span className="num">{lines.length}</span><span className="sp" /><a className="lk text-12" href={url} download>Download</a></div>
      <pre className="con" tabIndex={0} role="region" aria-label={`Console output ${path}`}>{lines.join('\n')}</pre>
      {reading.cut && <p className="hint mt-2">Only the beginning is shown. Download the file for the rest.</p>}
    </section>
  );
}
