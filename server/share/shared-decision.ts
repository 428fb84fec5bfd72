import type { SharedDecision } from '../../contracts/share-page.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { variantsOf } from '../schema/experiments/experiment-lists.ts';
import { meetingOf, personOf } from '../schema/loaders.ts';
import { decisionsAbout } from '../schema/meetings/decisions-about.ts';
import { leaveOutWords, leftOutNames } from './left-out-words.ts';
import { redactor } from './redact.ts';
import { withRoles } from './shared-experiment.ts';

/** What a meeting of the project decided about the experiment last; null where none did. */
export async function sharedDecision(context: Context, link: Pick<ShareLink, 'projectId' | 'redact'>, experiment: Prisma.ExperimentModel): Promise<SharedDecision | null> {
  const [newest] = (await decisionsAbout(context, experiment.id)) ?? [];
  const meeting = newest && (await meetingOf(context, newest.meetingId));
  if (!newest || meeting?.projectId !== link.projectId) return null;
  const hide = redactor(link.redact, withRoles(experiment, (await variantsOf(context, experiment.id)) ?? []));
  const leaveOut = leaveOutWords(await leftOutNames(context, link, newest.body));
  return { text: leaveOut(hide.sentence(newest.body)), by: hide.person((await personOf(context, newest.recordedById))?.name), at: newest.recordedAt.toISOString() };
}
