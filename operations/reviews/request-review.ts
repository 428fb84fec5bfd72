import { may } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, type Refusal } from '../../domain/refusal.ts';
import { ownWorkRefusal } from '../../domain/reviews/own-work.ts';
import { requireReviewable, reviewersFrom } from '../../domain/reviews/review.ts';
import { reachExperiment, type Reached } from '../experiments/reach.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Person } from '../ports/people.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';

export interface RequestReview {
  readonly experiment: string;
  /** Addresses. */
  readonly reviewers: readonly string[];
  /** Names of teams: of each, whoever may review is asked, and the first answer is the team's. */
  readonly teams?: readonly string[] | null | undefined;
}

/** Asks people and teams for their review; who was asked already, and has not answered, is not asked twice. */
export async function requestReview(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: RequestReview): Promise<{ readonly experimentId: string; readonly reviewIds: readonly string[] }> {
  return ports.store.transaction(async (tx) => {
    const reached = await reachExperiment(tx, viewer, request.experiment, 'review.request');
    const { thing: experiment, project } = reached;
    requireReviewable(experiment);
    const teams = request.teams ?? [];
    const emails = teams.length > 0 && request.reviewers.length === 0 ? [] : reviewersFrom(request.reviewers);
    const open = new Map((await tx.reviews.ofExperiment(experiment.id)).filter((review) => review.state === 'REQUESTED').map((review) => [review.reviewerId, review.id]));
    const now = ports.clock.now();
    const reviewIds: string[] = [];
    const asked: { readonly reviewer: Person; readonly teamId: string | null }[] = [];
    const ownWork = await ownWorkIn(tx, reached);
    for (const email of emails) asked.push({ reviewer: await reviewerBy(tx, reached, { email, ownWork }), teamId: null });
    for (const name of teams) asked.push(...(await teamBy(tx, reached, { name, ownWork })));
    for (const { reviewer, teamId } of asked) {
      const id = open.get(reviewer.id) ?? ports.ids.next('review');
      reviewIds.push(id);
      if (open.has(reviewer.id)) continue;
      open.set(reviewer.id, id);
      await tx.reviews.insert({ id, experimentId: experiment.id, reviewerId: reviewer.id, requestedById: viewer.personId, state: 'REQUESTED', body: null, evidenceDigest: null, teamId, ethics: false, createdAt: now, decidedAt: null });
      await tx.happenings.add({ kind: 'REVIEW_REQUESTED', projectId: project.id, experimentId: experiment.id, subjectId: experiment.id, actorId: viewer.personId, addresseeIds: [reviewer.id] });
      await tx.outbox.change({ noun: 'review', id, verb: 'requested', projectId: project.id, experimentId: experiment.id, subjectId: reviewer.id });
      await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'review.requested', subjectKind: 'experiment', subjectId: experiment.id, detail: { reviewId: id, reviewerId: reviewer.id } });
    }
    return { experimentId: experiment.id, reviewIds: [...new Set(reviewIds)] };
  });
}

/** Says of a person why it is their own work; null of everybody else. */
type OwnWork = (person: Person) => Refusal | null;

async function ownWorkIn(tx: Transaction, { thing: experiment, project }: Reached<Experiment>): Promise<OwnWork> {
  const work = { ...experiment, ...(await tx.reviews.countedRuns(experiment.id)) };
  const policy = await tx.reviews.policy(project);
  return (person) => ownWorkRefusal(work, person, policy);
}

async function reviewerBy(tx: Transaction, reached: Reached<Experiment>, { email, ownWork }: { readonly email: string; readonly ownWork: OwnWork }): Promise<Person> {
  const { project } = reached;
  const person = await tx.people.byEmail(email);
  if (!person || person.organizationId !== project.organizationId || person.disabledAt) throw badInput('review/unknown-reviewer', `Nobody here has the address ${email}. Invite them first.`);
  const own = ownWork(person);
  if (own) throw own;
  if (!(await mayReview(tx, reached, person))) throw badInput('review/cannot-review', `${person.name} may not review in ${project.slug} yet: reviewing needs the role reviewer or higher.`);
  return person;
}

async function mayReview(tx: Transaction, { project }: Reached<Experiment>, person: Person): Promise<boolean> {
  const asViewer: Viewer = { personId: person.id, organizationId: person.organizationId, organizationRole: person.organizationRole, roles: await tx.projects.rolesOf(person.id), signedIn: true };
  return may(asViewer, 'review.decide', project);
}

/** Those of a team who may review it and whose own work it is not. */
async function teamBy(tx: Transaction, reached: Reached<Experiment>, { name, ownWork }: { readonly name: string; readonly ownWork: OwnWork }): Promise<readonly { readonly reviewer: Person; readonly teamId: string }[]> {
  const team = await tx.teams.byName(reached.project.organizationId, name.trim());
  if (!team) throw badInput('review/unknown-team', `There is no team ${name}.`);
  const able: { readonly reviewer: Person; readonly teamId: string }[] = [];
  for (const id of team.memberIds) {
    const person = await tx.people.get(id);
    if (person && !person.disabledAt && ownWork(person) === null && (await mayReview(tx, reached, person))) able.push({ reviewer: person, teamId: team.id });
  }
  if (able.length === 0) throw badInput('review/team-empty', `Nobody of ${name} may review this. Give somebody of it the role reviewer in the project; nobody reviews their own work.`);
  return able;
}
