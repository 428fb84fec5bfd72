'use client';

import Link from 'next/link';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { graphql, type ResultOf } from '../../_graphql/graphql.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Section } from '../../_ui/section.tsx';
import { ErrorNote, Progress } from '../../_ui/waiting.tsx';

const DemoQuery = graphql(`query Demo { viewer { id demo { state done total message project { id slug name } } viewerCan { createProject } } }`);
const StartDemo = graphql(`mutation StartDemo { startDemo { demo { state done total message project { id slug name } } } }`);

/** What the palette can do about the demo: start it where the viewer may, else open its project. Null when neither is possible. */
export function useDemoCommand(go: (href: string) => void): { readonly label: string; readonly run: () => void } | null {
  const [{ data }, again] = useQuery({ query: DemoQuery, requestPolicy: 'cache-and-network' });
  const [, start] = useMutation(StartDemo);
  if (!data) return null;
  const { demo } = data.viewer;
  if (mayStartDemo(data.viewer)) {
    return {
      label: demo.state === 'FAILED' ? 'Go on with the demo' : 'Run the demo',
      run: () => void start({}).then(({ data: begun, error }) => {
        const failure = failureOf(error);
        if (failure) { toast.error(failure.message); return; }
        // The offer on home shows what is remembered.
        again();
        // The demo's own project shows its trainings come in; home shows how far it is.
        const slug = begun?.startDemo.demo.project?.slug;
        go(slug ? `/p/${slug}` : '/');
      }),
    };
  }
  const slug = demo.project?.slug;
  return slug ? { label: demo.state === 'RUNNING' ? 'Watch the demo' : 'Open the demo', run: () => go(`/p/${slug}`) } : null;
}

const LOOK_EVERY_MS = 1_000;

/** Offers real trainings to look at, and shows how far they are. `quiet` stands beside work: it says nothing once they are loaded, nor to who may not start them. */
export function DemoOffer({ quiet = false }: { readonly quiet?: boolean }) {
  const [{ data }, again] = useQuery({ query: DemoQuery });
  const [starting, start] = useMutation(StartDemo);
  const demo = data?.viewer.demo;
  const running = demo?.state === 'RUNNING';

  useEffect(() => {
    if (!running) return;
    const timer = setInterval(again, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [running, again]);

  if (!demo || (quiet && !running && !mayStartDemo(data.viewer))) return null;
  return (
    <Section title="See it on real training" aside={running && demo.total > 0 ? `${demo.done} of ${demo.total}` : undefined}>
      <div className="grid gap-3 pt-3">
        {demo.state === 'ABSENT' || demo.state === 'FAILED'
          ? <Offer demo={demo} quiet={quiet} mayStart={mayStartDemo(data.viewer)} busy={starting.fetching} failure={failureOf(starting.error)} onStart={() => { void start({}).then(again); }} />
          : <Loaded demo={demo} />}
      </div>
    </Section>
  );
}

type Asking = ResultOf<typeof DemoQuery>['viewer'];
type Demo = Asking['demo'];

/** The demo makes a project of its own, and goes on after it stopped; it is never had twice. */
export const mayStartDemo = ({ demo, viewerCan }: Pick<Asking, 'demo' | 'viewerCan'>): boolean =>
  viewerCan.createProject && (demo.state === 'ABSENT' || demo.state === 'FAILED');

interface OfferProps { readonly demo: Demo; readonly quiet: boolean; readonly mayStart: boolean; readonly busy: boolean; readonly failure: Failure | null; readonly onStart: () => void }

function Offer({ demo, quiet, mayStart, busy, failure, onStart }: OfferProps) {
  return (
    <>
      <p className={quiet ? 'hint' : 'text-ink-2'}>The demo trains a small network on 1,797 handwritten digits about forty times, here and now, for three hypotheses that were written before. It takes a minute or two. Every number is measured.</p>
      {demo.state === 'FAILED' ? <ErrorNote title="The demo stopped.">{demo.message}</ErrorNote> : null}
      {failure ? <ErrorNote title={failure.message} /> : null}
      {mayStart ? <div><Button small={quiet} disabled={busy} onClick={onStart}>{demo.state === 'FAILED' ? 'Go on with the demo' : 'Run the demo'}</Button></div> : <p className="hint">An owner can start it.</p>}
    </>
  );
}

function Loaded({ demo }: { readonly demo: Demo }) {
  if (demo.state === 'RUNNING') return <UnderWay demo={demo} />;
  return demo.project ? <p className="text-ink-2">{demo.total} trainings are done. <Link href={`/p/${demo.project.slug}`}>Open {demo.project.name}</Link></p> : null;
}

const UnderWay = ({ demo }: { readonly demo: Demo }) => (
  <>
    <Progress done={demo.done} total={demo.total} label="Demo trainings" />
    <p className="hint">{demo.message ?? 'Training'}{demo.project ? <> · <Link className="lk" href={`/p/${demo.project.slug}`}>watch it in {demo.project.name}</Link></> : null}</p>
  </>
);
