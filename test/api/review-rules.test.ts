import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { startApi, type Api, type TestPerson } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
let alan: TestPerson;
beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
  alan = await api.signUp('Alan');
  await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: lab.slug, email: alan.email, role: 'REVIEWER' } }, lab.ada);
});
afterAll(() => api.stop());

const SUBMIT = 'mutation($input: SubmitReviewInput!) { submitReview(input: $input) { experiment { approval } review { id state body ethics } } }';
const STATE = 'query($key: String!) { experiment(key: $key) { approval staleReason evidenceDigest changesSinceLook { from sentence changes { kind words } } reviews { id state stale body dismissal { reason by { email } } changesSince { sentence } } checks { key state sentence detail required byPeople tick { good note person { email } } } ethics { risk needed approved reasons } } }';
const POLICY = 'mutation($input: SetReviewPolicyInput!) { setReviewPolicy(input: $input) { project { reviewPolicy { approvals role ownWork requiredChecks material ethicsFrom ethicsReviewers { email } } } } }';

interface State { readonly experiment: { readonly approval: string; readonly staleReason: string | null; readonly evidenceDigest: string; readonly changesSinceLook: { readonly sentence: string; readonly changes: readonly { readonly kind: string; readonly words: string }[] } | null; readonly reviews: readonly { readonly id: string; readonly state: string; readonly stale: boolean; readonly body: string | null }[]; readonly checks: readonly { readonly key: string; readonly state: string; readonly sentence: string }[]; readonly ethics: { readonly needed: boolean; readonly approved: boolean } } }
const stateOf = async (key: string, as = lab.grace): Promise<State['experiment']> => (await api.ok<State>(STATE, { key }, as)).experiment;
const approve = (key: string, as: TestPerson, more: object = {}) => api.ok<{ submitReview: { experiment: { approval: string }; review: { id: string; body: string | null } } }>(SUBMIT, { input: { experiment: key, decision: 'APPROVE', ...more } }, as).then((answer) => answer.submitReview);

async function analyse(id: string): Promise<void> {
  await api.adapters.ports.store.transaction((tx) => tx.outbox.analyse(id));
  await analyseExperiment(api.adapters.ports, id, 'test');
}

/** A baseline and a treatment with repeats, compared. */
async function reviewable(name: string): Promise<{ readonly id: string; readonly key: string }> {
  const experiment = await lab.experiment(name);
  await lab.runs(experiment.id, 'none', [0.9, 0.91, 0.92]);
  await lab.runs(experiment.id, 'cutmix', [0.95, 0.96, 0.97]);
  await analyse(experiment.id);
  const baseline = await api.adapters.prisma.variant.findFirstOrThrow({ where: { experimentId: experiment.id, label: { contains: 'none' } } });
  await api.ok('mutation($key: String!, $variant: ID!) { chooseBaseline(input: { experiment: $key, variant: $variant }) { experiment { id } } }', { key: experiment.key, variant: baseline.id }, lab.ada);
  await analyse(experiment.id);
  return experiment;
}
const another = async (id: string, value: number): Promise<void> => { await lab.runs(id, 'cutmix', [value]); await analyse(id); };
const policy = (changes: object, as = lab.ada) => api.ok(POLICY, { input: { project: lab.slug, ...changes } }, as);

describe('what changed', () => {
  test('an approval that went stale names the run and what it moved; approving again needs only the difference', async () => {
    const { id, key } = await reviewable('moved by a run');
    await approve(key, lab.grace);
    expect((await stateOf(key)).changesSinceLook).toBeNull();
    await another(id, 0.2);
    const after = await stateOf(key);
    expect(after).toMatchObject({ approval: 'STALE', staleReason: expect.stringMatching(/^The evidence changed after Grace .* approved it on .*: run cutmix-0 ended and moved the effect from \+0\.05 to .*\.$/) as string });
    expect(after.changesSinceLook?.changes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['RUNS', 'VERDICT']));
    expect(after).toMatchObject({ reviews: [{ stale: true, changesSince: { sentence: expect.stringContaining('run cutmix-0 ended') as string } }] });
    expect((await stateOf(key, lab.vera)).changesSinceLook).toBeNull();
    expect((await approve(key, lab.grace, { evidenceDigest: after.evidenceDigest })).experiment.approval).toBe('APPROVED');
    expect((await stateOf(key)).changesSinceLook).toBeNull();
  });

  test('who looked is told what changed since, without having decided', async () => {
    const { id, key } = await reviewable('looked at');
    const look = 'mutation($key: String!, $digest: String!) { lookAtEvidence(input: { experiment: $key, evidenceDigest: $digest }) { experiment { changesSinceLook { sentence } } } }';
    await api.ok(look, { key, digest: (await stateOf(key)).evidenceDigest }, lab.vera);
    await api.ok('mutation($key: String!) { updateExperiment(input: { experiment: $key, description: "Said otherwise." }) { experiment { id } } }', { key }, lab.ada);
    await analyse(id);
    expect((await stateOf(key, lab.vera)).changesSinceLook?.changes).toEqual([{ kind: 'DESCRIPTION', words: 'the description was changed' }]);
    expect(await api.refusal(look, { key, digest: 'of yesterday' }, lab.vera)).toBe('review/evidence-changed');
  });

  test('a policy says which changes matter', async () => {
    const { id, key } = await reviewable('immaterial');
    await approve(key, lab.grace);
    const { material } = (await api.ok<{ project: { reviewPolicy: { material: string[] } } }>('query($slug: String!) { project(slug: $slug) { reviewPolicy { material } } }', { slug: lab.slug }, lab.ada)).project.reviewPolicy;
    await policy({ material: material.filter((kind) => kind !== 'DESCRIPTION') });
    await api.ok('mutation($key: String!) { updateExperiment(input: { experiment: $key, description: "A comma, added." }) { experiment { id } } }', { key }, lab.ada);
    await analyse(id);
    expect(await stateOf(key)).toMatchObject({ approval: 'APPROVED', staleReason: null, reviews: [{ stale: false }] });
    expect(await api.adapters.prisma.auditEvent.count({ where: { subjectId: id, action: 'approval.went-stale' } })).toBe(0);
    await policy({ material });
    expect((await stateOf(key)).approval).toBe('STALE');
  });

  test('only what somebody judged or looked at is kept, and the evidence of now', async () => {
    const { id, key } = await reviewable('kept');
    await approve(key, lab.grace);
    for (const value of [0.5, 0.6, 0.7]) await another(id, value);
    expect(await api.adapters.prisma.evidenceSnapshot.count({ where: { experimentId: id } })).toBe(2);
  });
});

describe('policies', () => {
  test('two approvals when the policy asks for two, at the same instant too, and an edit beside them', async () => {
    const { id, key } = await reviewable('twice');
    await policy({ approvals: 2 });
    expect((await approve(key, lab.grace)).experiment.approval).toBe('REQUESTED');
    await another(id, 0.955);
    await Promise.all([approve(key, lab.grace), approve(key, alan), api.ok('mutation($key: String!) { updateExperiment(input: { experiment: $key, name: "twice, renamed" }) { experiment { id } } }', { key }, lab.ada)]);
    const state = await stateOf(key);
    expect(state.approval).toBe('APPROVED');
    expect(state.reviews.filter((review) => review.state === 'APPROVED')).toHaveLength(3);
    expect(await api.adapters.prisma.experiment.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: 'twice, renamed' });
    await policy({ approvals: 1 });
  });

  test('a stronger role, own work, and checks before an approval', async () => {
    const { key } = await reviewable('strict');
    await policy({ role: 'MAINTAINER' });
    expect(await api.refusal(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace)).toBe('access/role-too-weak');
    expect(await api.ok(SUBMIT, { input: { experiment: key, decision: 'COMMENT', body: 'Fine by me.' } }, lab.grace)).toMatchObject({ submitReview: { review: { state: 'COMMENTED' } } });
    await policy({ role: 'REVIEWER', requiredChecks: ['test-untouched'] });
    const { errors } = await api.gql(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace);
    expect(errors[0]).toMatchObject({ message: 'The project asks for these checks before an approval: test set untouched by tuning.', extensions: { code: 'CONFLICT', reason: 'review/checks-open' } });
    await api.ok('mutation($input: TickCheckInput!) { tickCheck(input: $input) { experiment { id } } }', { input: { experiment: key, check: 'test-untouched', good: true, note: 'Split by patient.' } }, lab.ada);
    expect((await approve(key, lab.grace)).experiment.approval).toBe('APPROVED');
    const own = await reviewable('own work allowed');
    await policy({ requiredChecks: [], ownWork: true });
    expect((await approve(own.key, lab.ada)).experiment.approval).toBe('APPROVED');
    await policy({ ownWork: false });
    expect((await stateOf(own.key)).approval).toBe('NONE');
  });

  test('what could never be met is refused; a preset takes the place of what was changed', async () => {
    for (const [changes, reason] of [[{ approvals: 0 }, 'review-policy/approvals'], [{ approvals: 99 }, 'review-policy/approvals'], [{ role: 'VIEWER' }, 'review-policy/role'], [{ requiredChecks: ['weather'] }, 'review-check/unknown'], [{ ethicsReviewers: ['nobody@example.org'] }, 'review/unknown-reviewer']] as const) {
      expect(await api.refusal(POLICY, { input: { project: lab.slug, ...changes } }, lab.ada)).toBe(reason);
    }
    expect(await api.refusal(POLICY, { input: { project: lab.slug, approvals: 2 } }, lab.grace)).toBe('access/role-too-weak');
    const preset = (name: string) => api.ok('mutation($slug: String!, $preset: PolicyPreset!) { updateProject(input: { project: $slug, policyPreset: $preset }) { project { reviewPolicy { approvals ownWork } } } }', { slug: lab.slug, preset: name }, lab.ada);
    expect(await preset('MATURE')).toEqual({ updateProject: { project: { reviewPolicy: { approvals: 2, ownWork: false } } } });
    expect(await preset('SOLO')).toEqual({ updateProject: { project: { reviewPolicy: { approvals: 1, ownWork: true } } } });
    await preset('GROWING');
  });
});

describe('checks', () => {
  test('Lemma looks at the evidence, people say what it cannot, each with their name and for this evidence only', async () => {
    const { id, key } = await reviewable('checked');
    const before = await stateOf(key);
    expect(Object.fromEntries(before.checks.map(({ key: name, state }) => [name, state]))).toMatchObject({ stated: 'GOOD', settled: 'GOOD', 'left-out': 'GOOD', reproducible: 'OPEN', 'test-untouched': 'OPEN' });
    const tick = 'mutation($input: TickCheckInput!) { tickCheck(input: $input) { experiment { checks { key state tick { good note person { email } } } } } }';
    const { tickCheck } = await api.ok<{ tickCheck: { experiment: { checks: { key: string }[] } } }>(tick, { input: { experiment: key, check: 'plausible', good: false, note: 'Too good.' } }, lab.grace);
    expect(tickCheck.experiment.checks.find((check) => check.key === 'plausible')).toEqual({ key: 'plausible', state: 'BAD', tick: { good: false, note: 'Too good.', person: { email: lab.grace.email } } });
    expect(await api.refusal(tick, { input: { experiment: key, check: 'weather', good: true } }, lab.grace)).toBe('review-check/unknown');
    expect(await api.refusal(tick, { input: { experiment: key, check: 'reproducible', good: true } }, lab.ada)).toBe('review/own-work');
    expect(await api.refusal(tick, { input: { experiment: key, check: 'plausible', good: true } }, lab.vera)).toBe('access/role-too-weak');
    await another(id, 0.94);
    expect((await stateOf(key)).checks.find((check) => check.key === 'plausible')).toMatchObject({ state: 'OPEN' });
    expect(await api.ok('query($key: String!) { experiment(key: $key) { checkTicks { check good } } }', { key }, lab.vera)).toEqual({ experiment: { checkTicks: [{ check: 'plausible', good: false }] } });
  });

  test('one dataset logged again under another role is a leak, and MLflow is answered with the first', async () => {
    const { id, key } = await reviewable('leaky by its own word');
    const { ports } = api.adapters;
    const runs = await api.adapters.prisma.run.findMany({ where: { experimentId: id } });
    await ports.store.transaction(async (tx) => {
      const dataset = await tx.datasets.save({ id: ports.ids.next('dataset'), projectId: lab.projectId, name: 'digits', digest: 'same-again', sourceType: 'local', source: '{}', schema: null, profile: null, createdAt: ports.clock.now() });
      for (const context of ['training', 'test', 'test']) for (const run of runs) await tx.datasets.link(run.id, dataset, new Map([['mlflow.data.context', context]]));
    });
    await analyse(id);
    expect((await stateOf(key)).checks.find((check) => check.key === 'split')).toMatchObject({ state: 'BAD', sentence: 'Trained and measured on the same data' });
    const inputs = await api.adapters.prisma.runInput.findMany({ where: { runId: { in: runs.map((run) => run.id) } } });
    expect(inputs.map(({ tags, furtherContexts }) => ({ tags, furtherContexts }))).toEqual(runs.map(() => ({ tags: { 'mlflow.data.context': 'training' }, furtherContexts: ['test'] })));
  });

  test('the same rows written in two forms, one to train on and one to test on, are a leak', async () => {
    const { id, key } = await reviewable('leaky in two forms');
    const datasets = [{ name: 'digits.csv', digest: 'd-csv', role: 'train' }, { name: 'digits.jsonl', digest: 'd-jsonl', role: 'test' }].map((one) => ({ ...one, meaning: 'f'.repeat(64) }));
    for (const run of await api.adapters.prisma.run.findMany({ where: { experimentId: id } })) {
      const noted = await api.fetch(`/api/v1/runs/${run.id}/datasets`, { as: lab.ada, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ datasets }) });
      expect(noted.status).toBe(200);
    }
    await analyse(id);
    expect((await stateOf(key)).checks.find((check) => check.key === 'split')).toMatchObject({ state: 'BAD', sentence: 'Trained and measured on the same data' });
  });

  test('one dataset on both sides is a leak', async () => {
    const { id, key } = await reviewable('leaky');
    const { prisma } = api.adapters;
    const run = await prisma.run.findFirstOrThrow({ where: { experimentId: id } });
    for (const [name, context] of [['train', 'training'], ['val', 'validation']]) {
      const { id: datasetId } = await prisma.dataset.create({ data: { id: api.adapters.ports.ids.next('dataset'), projectId: lab.projectId, name: `leaky-${name}`, digest: 'same', sourceType: 'local', source: '{}' } });
      for (const each of await prisma.run.findMany({ where: { experimentId: id } })) await prisma.runInput.create({ data: { runId: each.id, datasetId, tags: { 'mlflow.data.context': context } } });
    }
    expect(run.id).not.toBe('');
    await analyse(id);
    expect((await stateOf(key)).checks.find((check) => check.key === 'split')).toMatchObject({ state: 'BAD', sentence: 'Trained and measured on the same data' });
  });
});

describe('the record', () => {
  test('what was decided can be added to and dismissed, never changed or deleted, by no statement at all', async () => {
    const { id, key } = await reviewable('on the record');
    const { review } = await approve(key, lab.grace, { body: 'Convincing.' });
    expect((await approve(key, lab.grace, { body: 'And repeatable.' })).review).toMatchObject({ id: review.id, body: 'Convincing.\n\nAnd repeatable.' });
    const { prisma } = api.adapters;
    const stays = /only added to/;
    await expect(prisma.$executeRaw`UPDATE reviews SET body = 'I never said that' WHERE id = ${review.id}`).rejects.toThrow(stays);
    await expect(prisma.$executeRaw`UPDATE reviews SET evidence_digest = 'other' WHERE id = ${review.id}`).rejects.toThrow(stays);
    await expect(prisma.$executeRaw`DELETE FROM reviews WHERE id = ${review.id}`).rejects.toThrow(stays);
    await expect(prisma.$executeRaw`UPDATE review_additions SET body = '' WHERE review_id = ${review.id}`).rejects.toThrow(stays);
    const dismiss = 'mutation($review: ID!, $reason: String!) { dismissReview(input: { review: $review, reason: $reason }) { experiment { approval } review { dismissal { reason by { email } } } } }';
    expect(await api.refusal(dismiss, { review: review.id, reason: 'x' }, alan)).toBe('review/may-not-dismiss');
    expect(await api.refusal(dismiss, { review: review.id, reason: 'x' }, lab.eve)).toBe('review/unknown');
    expect(await api.refusal(dismiss, { review: review.id, reason: ' ' }, lab.ada)).toBe('review/dismissal-empty');
    expect(await api.ok(dismiss, { review: review.id, reason: 'Wrong split.' }, lab.ada)).toEqual({ dismissReview: { experiment: { approval: 'NONE' }, review: { dismissal: { reason: 'Wrong split.', by: { email: lab.ada.email } } } } });
    expect(await api.refusal(dismiss, { review: review.id, reason: 'again' }, lab.ada)).toBe('review/dismissed');
    await expect(prisma.$executeRaw`DELETE FROM review_dismissals WHERE review_id = ${review.id}`).rejects.toThrow(stays);
    expect((await approve(key, lab.grace)).experiment.approval).toBe('APPROVED');
    // It goes with its experiment, and only so.
    await prisma.run.deleteMany({ where: { experimentId: id } });
    await prisma.experiment.delete({ where: { id } });
    expect(await prisma.review.count({ where: { experimentId: id } })).toBe(0);
  });

  test('a team is asked together, and the first answer is the team’s', async () => {
    const { key } = await reviewable('asked of a team');
    const ada = await api.adapters.prisma.person.update({ where: { email: lab.ada.email }, data: { organizationRole: 'OWNER' } });
    await api.ok('mutation($input: SaveTeamInput!) { saveTeam(input: $input) { team { name members { email } } } }', { input: { name: 'Readers', members: [lab.grace.email, alan.email, lab.vera.email, lab.ada.email] } }, lab.ada);
    await api.adapters.prisma.person.update({ where: { id: ada.id }, data: { organizationRole: 'MEMBER' } });
    const ask = 'mutation($key: String!, $teams: [String!]) { requestReview(input: { experiment: $key, reviewers: [], teams: $teams }) { reviews { reviewer { email } } } }';
    expect(await api.refusal(ask, { key, teams: ['Nobodies'] }, lab.ada)).toBe('review/unknown-team');
    expect(await api.refusal(ask, { key, teams: [] }, lab.ada)).toBe('review/no-reviewers');
    const { requestReview } = await api.ok<{ requestReview: { reviews: { reviewer: { email: string } }[] } }>(ask, { key, teams: ['Readers'] }, lab.ada);
    expect(requestReview.reviews.map(({ reviewer }) => reviewer.email).toSorted()).toEqual([alan.email, lab.grace.email].toSorted());
    // The same people are offered as would be asked, beside who created it.
    const { project: { reviewers } } = await api.ok<{ project: { reviewers: { email: string }[] } }>('query($slug: String!) { project(slug: $slug) { reviewers { email } } }', { slug: lab.slug }, lab.ada);
    const offered = reviewers.map(({ email }) => email);
    expect(offered).toEqual(expect.arrayContaining([alan.email, lab.grace.email]));
    expect(offered).not.toContain(lab.vera.email);
    await approve(key, alan);
    expect((await stateOf(key)).reviews.map(({ state }) => state)).toEqual(['APPROVED']);
  });
});

describe('ethics', () => {
  const describeData = (card: object, as = lab.ada) => api.ok('mutation($input: DescribeDataInput!) { describeData(input: $input) { project { dataCards { name risk effectiveRisk } } } }', { input: { project: lab.slug, ...card } }, as);
  const share = 'mutation($id: ID!) { createShareLink(input: { subject: $id }) { url } }';

  test('data of people who were not asked is not shared before somebody who speaks for ethics approved it', async () => {
    const { id, key } = await reviewable('faces');
    const { prisma } = api.adapters;
    const { id: datasetId } = await prisma.dataset.create({ data: { id: api.adapters.ports.ids.next('dataset'), projectId: lab.projectId, name: 'faces', digest: 'f1', sourceType: 'local', source: '{}' } });
    for (const { id: runId } of await prisma.run.findMany({ where: { experimentId: id } })) await prisma.runInput.create({ data: { runId, datasetId } });
    await analyse(id);
    await api.ok(share, { id }, lab.ada);
    await describeData({ name: 'faces', licence: 'CC BY 4.0', personalData: true });
    expect(await stateOf(key)).toMatchObject({ ethics: { risk: 'HIGH', needed: true, approved: false, reasons: ['Dataset faces holds data of people, and no consent is recorded.', 'Dataset faces is of high risk, so an ethics reviewer must approve.'] } });
    const { errors } = await api.gql(share, { id }, lab.ada);
    expect(errors[0]).toMatchObject({ message: expect.stringContaining('An ethics reviewer must approve this first.') as string, extensions: { code: 'CONFLICT', reason: 'share/ethics-review-needed' } });
    await approve(key, alan);
    expect((await api.gql(share, { id }, lab.ada)).errors[0]?.extensions.reason).toBe('share/ethics-review-needed');
    await policy({ ethicsReviewers: [lab.grace.email] });
    await approve(key, lab.grace);
    expect((await stateOf(key)).ethics).toMatchObject({ needed: true, approved: true });
    await api.ok(share, { id }, lab.ada);
    await describeData({ name: 'faces', risk: 'PROHIBITED' });
    expect((await api.gql(share, { id }, lab.ada)).errors[0]?.extensions.reason).toBe('share/data-prohibited');
    expect(await api.refusal('mutation($input: DescribeDataInput!) { describeData(input: $input) { project { id } } }', { input: { project: lab.slug, name: 'faces' } }, alan)).toBe('data-card/lowered');
    await describeData({ name: 'faces', personalData: true, consent: 'Signed, 2024.', risk: 'LIMITED' }, lab.grace);
    expect((await stateOf(key)).ethics).toMatchObject({ needed: false });
    expect(await api.refusal('mutation($input: DescribeDataInput!) { describeData(input: $input) { project { id } } }', { input: { project: lab.slug, name: 'x' } }, lab.vera)).toBe('access/role-too-weak');
  });
});
