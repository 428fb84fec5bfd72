'use client';

import { useState } from 'react';
import { useMutation } from 'urql';
import { anchorText, type ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { Composer } from '../../_editor/composer.tsx';
import { failureOf } from '../../_graphql/refusal.ts';
import { Kbd } from '../../_ui/kbd.tsx';
import { NotRead } from '../../_ui/not-read.tsx';
import { useKeys } from '../../_ui/use-keys.ts';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { useFindMentions } from './find-mentions.ts';
import { nextUnread } from './next-unread.ts';
import { StartThread } from './thread-documents.ts';
import { ThreadView } from './thread-view.tsx';
import { useFolded } from './use-folded.ts';
import { useLinked, type Linked } from './use-linked.ts';
import { useThreads, type Threads as ThreadsRead } from './use-threads.ts';
import { useTyping, type TypingFeed } from './use-typing.ts';

interface DiscussionProps {
  /** The id of what is discussed. */
  readonly subject: string;
  readonly mayComment: boolean;
  /** Where a new thread will point; null for the whole. */
  readonly draftAnchor: ThreadAnchor | null;
  readonly emptyFact: string;
  /** A thread that is looked at, however old it is; one that the address leads to comes before it. */
  readonly chosen?: string | null;
  /** As ThreadView takes it. */
  readonly dataNow?: ((metric: string) => string) | undefined;
}

/** All threads of a subject, and the place to start one. Older ones come when asked for; resolved threads fold away but stay countable, unless something in them is new. */
export function Discussion({ subject, mayComment, draftAnchor, emptyFact, chosen = null, dataNow }: DiscussionProps) {
  const newest = useThreads(subject);
  const typing = useTyping(subject);
  const linked = useLinked(subject, chosen);
  const findMentions = useFindMentions(subject);
  const [, start] = useMutation(StartThread);
  const [resolvedShown, setResolvedShown] = useState(false);
  useKeys({ u: nextUnread });
  const { threads, loading, failure, again } = newest;
  const folds = useFolded(threads);
  if (failure !== null && threads.length === 0) return <NotRead title="The discussion could not be read." failure={failure} again={again} />;
  if (loading) return <Loading rows={4} label="Reading the discussion" />;
  const resolved = threads.filter(folds).length;
  return (
    <div className="discussion">
      <h2 className="vh">Discussion</h2>
      {newest.unread > 0 && <p className="row text-12"><span className="new-count">{newest.unread} new</span><button type="button" className="btn bare sm" onClick={nextUnread}>Next unread <Kbd keys="U" /></button></p>}
      {threads.length === 0 && <Empty fact={emptyFact} />}
      <Threads subject={subject} page={newest} resolvedShown={resolvedShown} typing={typing} dataNow={dataNow} linked={linked} />
      {resolved > 0 && <button type="button" className="btn bare sm" aria-pressed={resolvedShown} onClick={() => setResolvedShown(!resolvedShown)}>{resolvedShown ? 'Hide' : 'Show'} {resolved} resolved</button>}
      {mayComment && (
        <Composer
          folded
          label="Start a thread"
          placeholder={draftAnchor === null ? 'Start a thread' : `Start a thread ${anchorText(draftAnchor)}`}
          send="Start thread"
          findMentions={findMentions}
          onSend={async (body) => failureOf((await start({ input: { subject, anchor: draftAnchor, body } })).error)?.message ?? null}
        />
      )}
    </div>
  );
}

/** The newest; an older one that a link leads to stands above them all. */
function Threads(props: Omit<PageProps, 'pinned'> & { readonly page: ThreadsRead }) {
  const { linked, page, dataNow, typing } = props;
  const pinned = linked !== null && page.threads.every(({ id }) => id !== linked.thread.id) ? linked : null;
  return (
    <>
      {pinned !== null && <ThreadView thread={pinned.thread} dataNow={dataNow} typing={typing} linked={pinned.place} />}
      <ThreadPage {...props} pinned={pinned?.thread.id ?? null} />
    </>
  );
}

interface PageProps extends Pick<DiscussionProps, 'subject' | 'dataNow'> {
  readonly resolvedShown: boolean;
  readonly typing: TypingFeed;
  readonly linked: Linked | null;
  /** Shown above the others already. */
  readonly pinned: string | null;
}

function ThreadPage({ page, ...rest }: PageProps & { readonly page: ThreadsRead }) {
  const { dataNow, resolvedShown, typing, linked, pinned } = rest;
  const folds = useFolded(page.threads);
  const shown = page.threads.filter((thread) => thread.id !== pinned && (!folds(thread) || resolvedShown || thread.id === linked?.thread.id));
  return (
    <>
      {page.older !== null && <OlderThreads {...rest} after={page.older} left={page.totalCount} />}
      {shown.map((thread) => <ThreadView key={thread.id} thread={thread} dataNow={dataNow} typing={typing} linked={thread.id === linked?.thread.id ? linked.place : undefined} />)}
    </>
  );
}

/** Twenty threads before, when somebody asks for them. */
function OlderThreads({ after, left, ...rest }: PageProps & { readonly after: string; readonly left: number }) {
  const [asked, setAsked] = useState(false);
  return asked ? <OlderPage {...rest} after={after} /> : <button type="button" className="btn bare sm" onClick={() => setAsked(true)}>Show older of {left} threads</button>;
}

function OlderPage({ after, ...rest }: PageProps & { readonly after: string }) {
  const page = useThreads(rest.subject, after);
  return page.loading ? <Loading rows={3} label="Reading older threads" /> : <ThreadPage {...rest} page={page} />;
}
