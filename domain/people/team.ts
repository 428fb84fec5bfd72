import type { Viewer } from '../access/viewer.ts';
import { badInput, conflict, forbidden, notFound } from '../refusal.ts';
import { requiredText } from '../richtext/plain-text.ts';

/** More people than this are not asked together. */
const MOST_MEMBERS = 200;

export const teamName = (given: string): string => requiredText(given, { code: 'team/name', name: 'The name', maxLength: 100 });

/** Passes for owners of the organization: teams are asked for reviews, so who is in one decides who answers. */
export function requireMayKeepTeams({ organizationRole }: Viewer): void {
  if (organizationRole !== 'OWNER') throw forbidden('team/owners-only', 'Only owners of the organization make and change teams.');
}

export function requireFewMembers(members: readonly unknown[]): void {
  if (members.length > MOST_MEMBERS) throw badInput('team/too-many', `A team has at most ${MOST_MEMBERS} people.`);
}

/** Passes for a team of the viewer's own organization; to others it does not exist. */
export function requireOwnTeam<Team extends { readonly organizationId: string }>(viewer: Viewer, team: Team | null): asserts team is Team {
  if (team?.organizationId !== viewer.organizationId) throw notFound('team/unknown', 'There is no such team, or it was deleted.');
}

export const nameTaken = (name: string) => conflict('team/name-taken', `There is a team called ${name} already. Choose another name, or change that team.`);
