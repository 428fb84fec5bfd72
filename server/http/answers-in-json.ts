import type { Refusal } from '../../domain/refusal.ts';
import { sendFailure, sendPause, sendRefusal } from './answer.ts';
import type { Door } from './door.ts';
import { hangUpSoon } from './hang-up.ts';

/** How a door says no, not now and not at all in plain JSON, where a body may still be on its way. `more` is what a refusal tells besides. */
export const answersInJson = (more: (refusal: Refusal) => Readonly<Record<string, unknown>> = () => ({})): Required<Pick<Door, 'refuse' | 'pause' | 'fail'>> => ({
  refuse(refusal, response) {
    sendRefusal(refusal, response, more(refusal));
    hangUpSoon(response);
  },
  pause(response) {
    sendPause(response);
    hangUpSoon(response);
  },
  fail(reference, response) {
    sendFailure(reference, response);
    hangUpSoon(response);
  },
});
