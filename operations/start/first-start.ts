import type { Ports } from '../ports/ports.ts';
import type { Person, Organization } from '../ports/people.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import { announceProject } from '../projects/announce-project.ts';

export const SANDBOX = 'sandbox';
const LOCAL_OWNER = 'local-owner';
const LOCAL_OWNER_EMAIL = 'owner@lemma.local';

export interface Installation {
  readonly organization: Organization;
  /** Who a loopback caller without credentials is in local mode; null where an account is required. */
  readonly localOwner: Person | null;
}

/**
 * What every installation has: one organization, the project `sandbox` that MLflow names without a slash go to, its experiment "Default" with MLflow's id 0,
 * and in local mode the owner of the machine as a person. Safe to run at every start, by many processes at once.
 */
export async function firstStart({ store, clock, ids }: Pick<Ports, 'store' | 'clock' | 'ids'>, mode: 'local' | 'required'): Promise<Installation> {
  return store.transaction(async (tx) => {
    // The row lock makes processes that start together wait for each other.
    await tx.settings.lock('first-start');
    const now = clock.now();
    const organization = await tx.people.organization() ?? await makeOrganization(tx, { id: ids.next('organization'), slug: 'lemma', name: 'Lemma', createdAt: now });
    const localOwner = mode === 'local' ? await ensureLocalOwner(tx, organization, { id: ids.next('person'), now }) : null;
    const sandbox = await tx.projects.bySlug(SANDBOX) ?? await makeSandbox(tx, organization, { id: ids.next('project'), now });
    if (!(await tx.experiments.byMlflowId(0))) await makeDefaultExperiment(tx, sandbox, { id: ids.next('experiment'), now });
    return { organization, localOwner };
  });
}

async function makeOrganization(tx: Transaction, organization: Organization): Promise<Organization> {
  await tx.people.insertOrganization(organization);
  return organization;
}

async function ensureLocalOwner(tx: Transaction, organization: Organization, { id, now }: { readonly id: string; readonly now: Date }): Promise<Person> {
  const known = await tx.settings.get(LOCAL_OWNER);
  const before = typeof known === 'string' ? await tx.people.get(known) : null;
  if (before) return before;
  const person: Person = { id, organizationId: organization.id, organizationRole: 'OWNER', name: 'Owner', email: LOCAL_OWNER_EMAIL, disabledAt: null, createdAt: now };
  await tx.people.insert(person);
  await tx.settings.put(LOCAL_OWNER, person.id);
  return person;
}

async function makeSandbox(tx: Transaction, organization: Organization, { id, now }: { readonly id: string; readonly now: Date }): Promise<Project> {
  const sandbox: Project = {
    id, organizationId: organization.id, slug: SANDBOX, key: 'SBX', name: 'Sandbox', description: 'Where runs go whose experiment names no project.', openRole: 'MEMBER',
    policyPreset: 'SOLO', createdById: null, createdAt: now, archivedAt: null,
  };
  await tx.projects.insert(sandbox);
  await announceProject(tx, sandbox, { actorId: null, verb: 'created' });
  return sandbox;
}

async function makeDefaultExperiment(tx: Transaction, sandbox: Project, { id, now }: { readonly id: string; readonly now: Date }): Promise<void> {
  await tx.experiments.insert({
    mlflowId: 0, id, projectId: sandbox.id, number: await tx.projects.nextNumber(sandbox.id), name: 'Default', description: null, ownerId: null, hypothesisId: null,
    design: 'SINGLE_CHANGE', madeForRuns: false, baselineFingerprint: null, createdAt: now, updatedAt: now, archivedAt: null, deletedAt: null,
  });
}
