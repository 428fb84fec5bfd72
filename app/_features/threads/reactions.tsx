'use client';

import { CircleQuestionMark, Eye, Heart, PartyPopper, SmilePlus, ThumbsDown, ThumbsUp } from 'lucide-react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { REACTIONS, REACTION_KINDS, type Reaction } from '../../../domain/threads/reaction.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { MenuItem, RareMenu } from '../../_ui/menu.tsx';
import { React, type CommentDetail } from './thread-documents.ts';

/** Drawn, not typed: not every system has the pictures, and they keep the page's ink. */
const ICONS = { AGREE: ThumbsUp, DISAGREE: ThumbsDown, THANKS: Heart, WELL_DONE: PartyPopper, LOOKING: Eye, UNSURE: CircleQuestionMark } as const;

function useReact(comment: string): (reaction: Reaction) => void {
  const [, react] = useMutation(React);
  return (reaction) => {
    void react({ input: { comment, reaction } }).then(({ error }) => {
      const failure = failureOf(error);
      if (failure !== null) toast.error(failure.message);
    });
  };
}

/** What was said of a comment without words: each with its count, and whose it is on a closer look. */
export function Reactions({ comment, mayReact }: { readonly comment: CommentDetail; readonly mayReact: boolean }) {
  const react = useReact(comment.id);
  if (comment.reactions.length === 0) return null;
  return (
    <div className="reactions" role="group" aria-label="Reactions">
      {comment.reactions.map(({ kind, word, count, viewerReacted, people }) => {
        const Icon = ICONS[kind];
        const names = people.map(({ name }) => name).join(', ');
        return (
          <button key={kind} type="button" className="reaction" aria-pressed={viewerReacted} disabled={!mayReact} title={`${names}: ${word}`} aria-label={`${word} ${count}: ${names}`} onClick={() => react(kind)}>
            <Icon aria-hidden="true" /><span className="p2">{word}</span>{' '}<span className="num">{count}</span>
          </button>
        );
      })}
    </div>
  );
}

/** The few there are to choose from. */
export function ReactionMenu({ comment }: { readonly comment: CommentDetail }) {
  const react = useReact(comment.id);
  return (
    <RareMenu align="end" trigger={<button type="button" className="btn bare sm icon" aria-label="React" title="React"><SmilePlus aria-hidden="true" /></button>}>
      {REACTION_KINDS.map((kind) => {
        const Icon = ICONS[kind];
        return <MenuItem key={kind} onSelect={() => react(kind)}><Icon aria-hidden="true" />{REACTIONS[kind].word}</MenuItem>;
      })}
    </RareMenu>
  );
}
