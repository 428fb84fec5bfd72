'use client';

import type { ItemDetail, MeetingDetail } from './meeting-documents.ts';
import type { MeetingActs } from './use-meeting-acts.ts';

const CHOICES = [['ADOPT', 'Adopt'], ['WAIT', 'Wait'], ['DROP', 'Drop']] as const;

/** One vote a person, changeable until the item is closed. A button is pressed when the server has kept the vote, not before. */
export function VoteButtons({ meeting, item, acts }: { readonly meeting: MeetingDetail; readonly item: ItemDetail; readonly acts: MeetingActs }) {
  const closed = item.closedAt !== null;
  const names = (choice: string): string | undefined => (item.tally === null ? undefined : `${item.tally.find((each) => each.choice === choice)?.count ?? 0}`);
  return (
    <>
      <div className="vote" role="group" aria-label="Vote">
        {CHOICES.map(([choice, word], place) => (
          <button key={choice} type="button" className="btn" aria-pressed={item.viewerVote === choice} disabled={closed || !meeting.viewerCan.vote || acts.saving === 'vote'} onClick={() => void acts.vote(item.id, choice)} {...(place === 0 ? { 'data-key': 'vote' } : {})}>
            {word}<span className="num">{names(choice) ?? '·'}</span>
          </button>
        ))}
      </div>
      {closed ? <p className="hint mt-1">Closed; these votes are counted.</p> : meeting.votesHidden ? <p className="hint mt-1">Shown when the item is closed.</p> : null}
    </>
  );
}
