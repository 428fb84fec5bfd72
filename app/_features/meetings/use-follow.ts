'use client';

import { useCallback, useEffect, useEffectEvent, useState, type RefObject } from 'react';
import { useClient, useMutation } from 'urql';
import { useAddress } from '../../_ui/use-address.ts';
import { inTurn } from './in-turn.ts';
import { MeetingView, PresentView, type ItemDetail, type MeetingDetail, type PresentedView, type PresentInput } from './meeting-documents.ts';
import { TOP, type StagePlace } from './stage-place.ts';
import { useStageScroll } from './use-stage-scroll.ts';

export interface Following {
  /** presenting: others see what I do. following: I see what the presenter does. alone: I look for myself, for now or as nobody presents. */
  readonly mode: 'presenting' | 'following' | 'alone';
  /** The item that stands on this stage. */
  readonly shown: ItemDetail | null;
  /** Null shows what stands there before or after all items: the minutes, once there are any. */
  readonly show: (itemId: string | null) => void;
  readonly breakAway: () => void;
  readonly comeBack: () => void;
}

/** The view without the item: the rest of the address's parameters. */
function searchWithoutItem(): string {
  const params = new URLSearchParams(window.location.search);
  params.delete('item');
  return params.toString();
}

/** Makes the address that of the view, unless it is. */
function goWhere({ item, search }: PresentedView): void {
  const next = new URLSearchParams(search);
  if (item !== null) next.set('item', item);
  if (next.toString() === new URLSearchParams(window.location.search).toString()) return;
  window.history.replaceState(null, '', `${window.location.pathname}${next.size > 0 ? `?${next}` : ''}`);
}

/** Whose view this page shows, the presenter's or one's own. The address holds it either way, so that a view can be sent to a colleague. */
export function useFollow(meeting: MeetingDetail, viewerId: string | null): { readonly follow: Following; readonly stage: RefObject<HTMLElement | null> } {
  const { params } = useAddress();
  const [away, setAway] = useState(false);
  const live = meeting.state === 'LIVE';
  const presents = live && viewerId !== null && meeting.presenter?.id === viewerId;
  const follows = live && !presents && !away;
  const remote = usePresentedView(meeting.id, live);
  const [, present] = useMutation(PresentView);

  const [line] = useState(() => inTurn(async (input: PresentInput) => (await present({ input })).error === undefined));
  const say = (place: StagePlace, item?: string): Promise<boolean> =>
    presents ? line({ meeting: meeting.id, search: searchWithoutItem(), ...place, ...(item === undefined ? {} : { item }) }) : Promise.resolve(false);
  const [turned, turn] = useTurned();
  const { stage, moveTo } = useStageScroll((place) => void say(place));

  // The presenter's charts and tabs are in the address; those who follow are told when it changes.
  const search = params.toString();
  const sayAddress = useEffectEvent(() => void say(TOP));
  useEffect(() => { if (presents) sayAddress(); }, [presents, search]);

  useEffect(() => {
    if (!follows || remote === null) return;
    goWhere(remote);
    moveTo(remote);
  }, [follows, remote, moveTo]);

  useMinutesAfter(meeting.state);
  const mode = presents ? 'presenting' : follows ? 'following' : 'alone';
  const shown = itemOn(meeting, { mode, turned, presented: remote?.item ?? null, chosen: params.get('item') });
  const show = (itemId: string | null): void => {
    window.history.replaceState(null, '', itemId === null ? window.location.pathname : `${window.location.pathname}?item=${itemId}`);
    if (presents && itemId !== null) turn(itemId, say(TOP, itemId));
    else if (live) setAway(true);
    moveTo(TOP);
  };
  const breakAway = useCallback(() => setAway(true), []);
  const comeBack = useCallback(() => setAway(false), []);
  return { follow: { mode, shown, show, breakAway, comeBack }, stage };
}

/** Who presents sees the item they turned to before the record says so: the next arrow key counts from there. */
function useTurned(): readonly [string | null, (item: string, said: Promise<boolean>) => void] {
  const [turned, setTurned] = useState<string | null>(null);
  const turn = (item: string, said: Promise<boolean>): void => {
    setTurned(item);
    // Once all is said, the record holds the last of it, or what stood before where it was refused.
    void said.then(() => setTurned(null));
  };
  return [turned, turn];
}

/** What was followed ends with the meeting: then everybody who was in it reads its minutes. */
function useMinutesAfter(state: MeetingDetail['state']): void {
  const [held, setHeld] = useState(false);
  if (state === 'LIVE' && !held) setHeld(true);
  const over = held && state === 'ENDED';
  useEffect(() => {
    if (over) window.history.replaceState(null, '', window.location.pathname);
  }, [over]);
}

interface Chosen { readonly mode: Following['mode']; readonly turned: string | null; readonly presented: string | null; readonly chosen: string | null }

/** Who presents shows what they turned to and the record says is at hand, who follows what is presented, who looks alone what they chose. */
function itemOn(meeting: MeetingDetail, { mode, turned, presented, chosen }: Chosen): ItemDetail | null {
  const wanted = mode === 'following' ? [presented, meeting.currentItem] : mode === 'presenting' ? [turned, meeting.currentItem, chosen] : [chosen, meeting.currentItem];
  for (const id of wanted) {
    const found = meeting.items.find((item) => item.id === id);
    if (found) return found;
  }
  return meeting.items[0] ?? null;
}

function usePresentedView(id: string, live: boolean): PresentedView | null {
  const client = useClient();
  const [view, setView] = useState<PresentedView | null>(null);
  useEffect(() => {
    if (!live) return;
    const line = client.subscription(MeetingView, { id }).subscribe(({ data }) => { if (data) setView(data.meetingView); });
    return () => line.unsubscribe();
  }, [client, id, live]);
  return live ? view : null;
}
