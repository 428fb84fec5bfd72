'use client';

import { useState } from 'react';
import { useMutation } from 'urql';
import { Composer } from '../../_editor/composer.tsx';
import { failureOf } from '../../_graphql/refusal.ts';
import { NotRead } from '../../_ui/not-read.tsx';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { anchorText, type ThreadAnchor } from './thread-anchor.ts';
import { StartThread } from './thread-documents.ts';
import { ThreadView } from './thread-view.tsx';
import { useThreads } from './use-threads.ts';

interface DiscussionProps {
  /** The id of what is discussed. */
  readonly subject: string;
  readonly mayComment: boolean;
  /** Where a new thread will point; null for the whole. */
  readonly draftAnchor: ThreadAnchor | null;
  readonly emptyFact: string;
  /** As ThreadView takes it. */
  readonly dataNow?: ((metric: string) => string) | undefined;
}

/** All threads of a subject, and the place to start one. Resolved threads fold away but stay countable. */
export function Discussion({ subject, mayComment, draftAnchor, emptyFact, dataNow }: DiscussionProps) {
  const { threads, loading, failure, again } = useThreads(subject);
  const [, start] = useMutation(StartThread);
  const [resolvedShown, setResolvedShown] = useState(false);
  const numbered = threads.map((thread, index) => ({ thread, number: index + 1 }));
  const resolved = numbered.filter(({ thread }) => thread.resolvedAt !== null);
  const shown = numbered.filter(({ thread }) => thread.resolvedAt === null || resolvedShown);
  if (failure !== null && threads.length === 0) return <NotRead title="The discussion could not be read." failure={failure} again={again} />;
  if (loading) return <Loading rows={4} label="Reading the discussion" />;
  return (
    <div className="discussion">
      <h2 className="vh">Discussion</h2>
      {threads.length === 0 && <Empty fact={emptyFact} />}
      {shown.map(({ thread, number }) => <ThreadView key={thread.id} thread={thread} number={number} dataNow={dataNow} />)}
      {resolved.length > 0 && <button type="button" className="btn bare sm" aria-pressed={resolvedShown} onClick={() => setResolvedShown(!resolvedShown)}>{resolvedShown ? 'Hide' : 'Show'} {resolved.length} resolved</button>}
      {mayComment && (
        <Composer
          folded
          label="Start a thread"
          placeholder={draftAnchor === null ? 'Start a thread' : `Start a thread ${anchorText(draftAnchor)}`}
          send="Start thread"
          onSend={async (body) => failureOf((await start({ input: { subject, anchor: draftAnchor, body } })).error)?.message ?? null}
        />
      )}
    </div>
  );
}
