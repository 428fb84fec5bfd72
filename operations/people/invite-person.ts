import { requireRight } from '../../domain/access/policy.ts';
import type { ProjectRole, Viewer } from '../../domain/access/viewer.ts';
import { checkEmail } from '../../domain/people/email.ts';
import { badInput, conflict, forbidden } from '../../domain/refusal.ts';
import { projectBySlug } from '../projects/project-by-slug.ts';
import type { Invitation } from '../ports/people.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';

const INVITATION_DAYS = 14;

export interface InvitationRequest {
  readonly email: string;
  /** A project's slug, to be invited to that project too. */
  readonly project?: string | null | undefined;
  /** MEMBER when a project is named and no role. */
  readonly role?: ProjectRole | null | undefined;
}

type Needs = Pick<Ports, 'store' | 'clock' | 'ids' | 'secrets'>;

/** Owners of the organization may invite anybody; owners of a project to that project. The secret is for the link and is not kept. */
export async function invitePerson({ store, clock, ids, secrets }: Needs, viewer: Viewer, request: InvitationRequest): Promise<{ readonly invitation: Invitation; readonly secret: string }> {
  const email = checkEmail(request.email);
  const secret = secrets.token();
  const now = clock.now();
  const invitation = await store.transaction(async (tx) => {
    const projectId = await invitedTo(tx, viewer, request);
    if (await tx.people.byEmail(email)) throw conflict('person/exists', `${email} has an account here already.${request.project ? ' Add them to the project (addMember).' : ''}`);
    const made: Invitation = {
      id: ids.next('invitation'), organizationId: viewer.organizationId, projectId, email, role: projectId ? request.role ?? 'MEMBER' : null,
      tokenHash: secrets.digest(secret), invitedById: viewer.personId, expiresAt: clock.after(INVITATION_DAYS * 86_400_000), acceptedAt: null, createdAt: now,
    };
    await tx.people.insertInvitation(made);
    await tx.audit.append({ projectId, actorId: viewer.personId, action: 'person.invited', subjectKind: 'invitation', subjectId: made.id, detail: { email, role: made.role } });
    return made;
  });
  return { invitation, secret };
}

async function invitedTo(tx: Transaction, viewer: Viewer, { project: slug, role }: InvitationRequest): Promise<string | null> {
  if (slug === null || slug === undefined) {
    if (role) throw badInput('invitation/role-without-project', 'A role is held in a project: name the project too.');
    if (viewer.organizationRole !== 'OWNER') throw forbidden('access/owner-needed', 'Only an owner of the organization may invite people to it.');
    return null;
  }
  const project = await projectBySlug(tx, viewer, slug);
  requireRight(viewer, 'member.manage', project);
  return project.id;
}
