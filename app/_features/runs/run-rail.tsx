'use client';

import Link from 'next/link';
import { Markdown } from '../../_editor/markdown.tsx';
import { Section } from '../../_ui/section.tsx';
import { SubjectBacklinks } from '../notes/note-backlinks.tsx';
import { SubjectNotes } from '../notes/subject-notes.tsx';
import { Fact } from './fact.tsx';
import type { RunDetail } from './run-documents.ts';

const SHOWN_PARAMS = 10;

/** Beside the charts: what was set, what it takes to run it again, tags and the note. */
export function RunRail({ run }: { readonly run: RunDetail }) {
  return (
    <aside className="rail" aria-label="Run details">
      {run.note && <Section title="Note"><div className="mt-2"><Markdown text={run.note} /></div></Section>}
      <SubjectNotes subject={run.id} what="run" mayWrite={run.viewerCan.comment} narrow />
      <SubjectBacklinks subject={run.id} />
      <ConfigSection run={run} />
      <ReproduceSection run={run} />
      {run.tags.length > 0 && (
        <Section title="Tags" count={run.tags.length}>
          <dl className="dl mt-2">{run.tags.slice(0, 30).map((tag) => <KeyValue key={tag.key} name={tag.key} value={tag.value} />)}</dl>
        </Section>
      )}
      {run.children.length > 0 && (
        <Section title="Runs inside this one" count={run.children.length}>
          <ul className="mt-2">{run.children.map((child) => <li key={child.id} className="py-1"><Link className="lk" href={`/r/${child.id}`}>{child.name}</Link> <span className="text-ink-3">{child.status.toLowerCase()}</span></li>)}</ul>
        </Section>
      )}
    </aside>
  );
}

function ConfigSection({ run }: { readonly run: RunDetail }) {
  const changed = new Map((run.variant?.changed ?? []).filter((one) => one.kind === 'CONFIG').map((one) => [one.name, one.from]));
  const params = run.params.toSorted((a, b) => Number(changed.has(b.key)) - Number(changed.has(a.key)));
  const differs = changed.size === 0 ? undefined : `${changed.size} ${changed.size === 1 ? 'differs' : 'differ'} from baseline`;
  return (
    <Section title="Config" count={run.params.length} aside={differs}>
      {params.length === 0
        ? <p className="hint mt-2">No parameters were logged.</p>
        : (
          <table className="tb compact">
            <thead className="vh"><tr><th>key</th><th>value</th></tr></thead>
            <tbody>
              {params.slice(0, SHOWN_PARAMS).map((param) => (
                <tr key={param.key} className={changed.has(param.key) ? 'me' : undefined}>
                  <td className="mono text-12" style={{ overflowWrap: 'anywhere' }}>{param.key}</td>
                  <td className="mono text-12 text-right" style={{ overflowWrap: 'anywhere' }}>{changed.has(param.key) && <span className="text-ink-3">{changed.get(param.key) ?? 'unset'} → </span>}<span className={changed.has(param.key) ? 'font-medium' : undefined}>{param.value.length > 60 ? `${param.value.slice(0, 60)}…` : param.value}</span></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      {params.length > SHOWN_PARAMS && <Link className="lk text-12 mt-2 inline-block" href={`/r/${run.id}?tab=config`}>{params.length - SHOWN_PARAMS} more</Link>}
    </Section>
  );
}

function ReproduceSection({ run }: { readonly run: RunDetail }) {
  const { codeVersion: code, environment } = run;
  const python = environment?.items.find((item) => /^python/i.test(item.key));
  return (
    <Section title="Reproduce">
      <dl className="dl mt-2">
        <CodeFacts code={code} />
        {run.datasets.map((dataset) => <Fact key={dataset.id} name="data"><Link className="lk" href={`/d/${dataset.id}`}>{dataset.name}</Link>{` ${dataset.digest}${dataset.context ? `, ${dataset.context}` : ''}`}</Fact>)}
        {run.datasets.length === 0 && <KeyValue name="data" value="not recorded" />}
        <KeyValue name="env" value={environment === null ? 'not recorded' : `${python ? `python ${python.value}, ` : ''}${environment.items.length} items, ${environment.digest.slice(0, 8)}`} />
        {run.seed !== null && <KeyValue name="seed" value={run.seed} />}
        {run.variant && <KeyValue name="variant" value={run.variant.fingerprint.slice(0, 12)} />}
        <KeyValue name="run id" value={run.id} />
      </dl>
      {code !== null && <p className="hint mt-2">See <Link className="lk" href={`/c/${run.id}`}>this version of the code</Link>, and who else ran it.</p>}
      {run.capture === null && <p className="hint mt-2">To keep the command line, the changes and the packages too, start the script with <code>lemma exec --experiment {run.experiment.key} -- python train.py</code>.</p>}
    </Section>
  );
}

function CodeFacts({ code }: { readonly code: RunDetail['codeVersion'] }) {
  if (code === null) return <KeyValue name="code" value="not recorded" />;
  return (
    <>
      <KeyValue name="code" value={codeText(code)} />
      {code.commitUrl !== null && <><dt>commit</dt><dd><a className="lk" href={code.commitUrl} rel="noreferrer noopener" target="_blank">read it on {new URL(code.commitUrl).hostname}</a></dd></>}
      {code.repository !== null && <KeyValue name="from" value={code.repository} />}
      {code.source !== null && <KeyValue name="script" value={code.source} />}
    </>
  );
}

function codeText(code: NonNullable<RunDetail['codeVersion']>): string {
  if (code.commit === null) return code.dirty ? 'no commit, changed files' : 'no commit recorded';
  return `${code.commit.slice(0, 10)}${code.branch ? ` on ${code.branch}` : ''}, ${code.dirty ? 'with uncommitted changes' : 'clean'}`;
}

function KeyValue({ name, value }: { readonly name: string; readonly value: string }) {
  return <><dt>{name}</dt><dd className="mono">{value}</dd></>;
}
