import type { Viewer } from '../../domain/access/viewer.ts';
import { checkHours, type Hours } from '../../domain/notifications/hours.ts';
import { happeningKind, type Rule } from '../../domain/notifications/rules.ts';
import type { Ports } from '../ports/ports.ts';
import { projectBySlug } from '../projects/project-by-slug.ts';

/** `project` is a slug; without one the rule is for all projects. */
export interface SaveRule extends Rule { readonly project?: string | null | undefined; readonly kind: string }

/** How the viewer wants to hear of a kind of thing, in one project or everywhere. */
export async function saveNotificationRule({ store }: Pick<Ports, 'store'>, viewer: Viewer, { project, kind, reach, mail }: SaveRule): Promise<void> {
  await store.transaction(async (tx) => {
    const projectId = project ? (await projectBySlug(tx, viewer, project)).id : '';
    await tx.notifications.saveRule({ personId: viewer.personId, projectId, kind: happeningKind(kind), reach, mail });
  });
}

/** Lets the rules of all projects, or the defaults, hold again. */
export async function forgetNotificationRules({ store }: Pick<Ports, 'store'>, viewer: Viewer, { project }: { readonly project?: string | null | undefined }): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.notifications.deleteRules(viewer.personId, project ? (await projectBySlug(tx, viewer, project)).id : '');
  });
}

/** When the viewer does not want mail, and when the digest comes. */
export async function saveNotificationHours({ store, clock }: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, hours: Hours): Promise<void> {
  const checked = checkHours(hours, clock.minuteOfDay);
  await store.transaction((tx) => tx.notifications.saveHours(viewer.personId, checked));
}
