import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => { api = await startApi(); lab = await openLab(api); });
afterAll(() => api.stop());

const REQUEST = 'mutation($key: String!, $reviewers: [String!]!) { requestReview(input: { experiment: $key, reviewers: $reviewers }) { experiment { approval } reviews { id state reviewer { email } requestedBy { email } stale } } }';
const SUBMIT = 'mutation($input: SubmitReviewInput!) { submitReview(input: $input) { experiment { approval evidenceDigest reviews { state } } review { state body evidenceDigest stale decidedAt reviewer { email } } } }';
const APPROVAL = 'query($key: String!) { experiment(key: $key) { approval staleReason evidenceDigest viewerCan { approve approveRefusal } } }';

/** An experiment with two variants of repeats, analysed. */
async function reviewable(name: string): Promise<{ readonly id: string; readonly key: string }> {
  const experiment = await lab.experiment(name);
  await lab.runs(experiment.id, 'aug=none', [0.9, 0.91, 0.92]);
  await lab.runs(experiment.id, 'aug=cutmix', [0.95, 0.96, 0.97]);
  await analyse(experiment.id);
  return experiment;
}

/** The analysis that the worker would do. */
async function analyse(id: string): Promise<void> {
  await api.adapters.ports.store.transaction((tx) => tx.outbox.analyse(id));
  await analyseExperiment(api.adapters.ports, id, 'test');
}

describe('asking', () => {
  test('people who may review are asked once, and see it', async () => {
    const { key } = await reviewable('asked');
    const { requestReview } = await api.ok<{ requestReview: { reviews: { id: string }[] } }>(REQUEST, { key, reviewers: [lab.grace.email.toUpperCase(), lab.grace.email] }, lab.ada);
    expect(requestReview).toMatchObject({ experiment: { approval: 'REQUESTED' }, reviews: [{ state: 'REQUESTED', reviewer: { email: lab.grace.email }, requestedBy: { email: lab.ada.email }, stale: false }] });
    expect(await api.ok(REQUEST, { key, reviewers: [lab.grace.email] }, lab.ada)).toMatchObject({ requestReview: { reviews: [{ id: requestReview.reviews[0]?.id }] } });
    expect(await api.ok('{ viewer { reviewRequests(first: 1) { id experiment { key } } } }', {}, lab.grace)).toEqual({ viewer: { reviewRequests: [{ id: requestReview.reviews[0]?.id, experiment: { key } }] } });
    expect(await api.ok('{ viewer { reviewRequests { id } } }', {}, lab.vera)).toEqual({ viewer: { reviewRequests: [] } });
  });

  test('not the creator, not strangers, not those who may not review', async () => {
    const { key, id } = await reviewable('asked of the wrong');
    const refused = (reviewers: readonly string[], as = lab.ada) => api.refusal(REQUEST, { key, reviewers }, as);
    expect(await refused([lab.ada.email])).toBe('review/own-work');
    expect(await refused(['nobody@example.org'])).toBe('review/unknown-reviewer');
    expect(await refused([lab.vera.email])).toBe('review/cannot-review');
    expect(await refused([lab.eve.email])).toBe('review/cannot-review');
    expect(await refused([])).toBe('review/no-reviewers');
    expect(await refused([lab.grace.email], lab.vera)).toBe('access/role-too-weak');
    expect(await refused([lab.grace.email], lab.eve)).toBe('experiment/unknown');
    // One bad address, and nobody is asked.
    expect(await refused([lab.grace.email, lab.vera.email])).toBe('review/cannot-review');
    expect(await api.adapters.prisma.review.count({ where: { experimentId: id } })).toBe(0);
  });

  test('not whose runs count in it, where the policy says so', async () => {
    const { key, id } = await reviewable('logged by a reviewer');
    const { prisma } = api.adapters;
    const { id: graceId } = await prisma.person.findUniqueOrThrow({ where: { email: lab.grace.email } });
    const runs = await prisma.run.findMany({ where: { experimentId: id }, take: 3 });
    const own = (changes: object) => prisma.run.updateMany({ where: { id: { in: runs.map((run) => run.id) } }, data: changes });
    await own({ createdById: graceId });
    const able = () => api.ok<{ experiment: { reviewers: { email: string }[]; viewerCan: object } }>('query($key: String!) { experiment(key: $key) { reviewers { email } viewerCan { approve requestChanges commentInReview approveRefusal } } }', { key }, lab.grace).then(({ experiment }) => ({ ...experiment.viewerCan, asked: experiment.reviewers.some(({ email }) => email === lab.grace.email) }));
    const policy = (ownRuns: boolean) => api.ok('mutation($project: String!, $ownRuns: Boolean!) { setReviewPolicy(input: { project: $project, ownRuns: $ownRuns }) { project { id } } }', { project: lab.slug, ownRuns }, lab.ada);
    expect(await able()).toMatchObject({ approve: true, asked: true });
    await policy(false);
    const sentence = 'You logged 3 of its runs, so someone else must review it.';
    expect(await able()).toEqual({ approve: false, requestChanges: false, commentInReview: true, approveRefusal: sentence, asked: false });
    const { errors } = await api.gql(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace);
    expect(errors[0]).toMatchObject({ message: sentence, extensions: { code: 'FORBIDDEN', reason: 'review/own-work' } });
    expect(await api.refusal(REQUEST, { key, reviewers: [lab.grace.email] }, lab.ada)).toBe('review/own-work');
    expect(await api.ok(SUBMIT, { input: { experiment: key, decision: 'COMMENT', body: 'I ran these.' } }, lab.grace)).toMatchObject({ submitReview: { review: { state: 'COMMENTED' } } });

    await policy(true);
    expect(await able()).toMatchObject({ approve: true, requestChanges: true, asked: true });
    await policy(false);
    await own({ excludedAt: new Date(), excludedReason: 'to be repeated by somebody else' });
    expect(await able()).toEqual({ approve: true, requestChanges: true, commentInReview: true, approveRefusal: null, asked: true });
    await own({ excludedAt: null, deletedAt: new Date() });
    await analyse(id);
    expect(await api.ok(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace)).toMatchObject({ submitReview: { review: { state: 'APPROVED' } } });
  });

  test('exploratory work is not reviewed', async () => {
    const { key, id } = await reviewable('exploratory');
    await api.adapters.prisma.experiment.update({ where: { id }, data: { hypothesisId: null } });
    expect(await api.refusal(REQUEST, { key, reviewers: [lab.grace.email] }, lab.ada)).toBe('experiment/exploratory');
    expect(await api.refusal(SUBMIT, { input: { experiment: key, decision: 'COMMENT' } }, lab.grace)).toBe('experiment/exploratory');
  });
});

describe('deciding', () => {
  test('a second person approves this very evidence; another run makes the approval stale', async () => {
    const { key, id } = await reviewable('approved, then stale');
    await api.ok(REQUEST, { key, reviewers: [lab.grace.email] }, lab.ada);
    const { experiment: before } = await api.ok<{ experiment: { evidenceDigest: string } }>(APPROVAL, { key }, lab.grace);
    expect(before).toMatchObject({ approval: 'REQUESTED', viewerCan: { approve: true, approveRefusal: null } });
    const { submitReview } = await api.ok<{ submitReview: { review: { evidenceDigest: string } } }>(SUBMIT, { input: { experiment: key, decision: 'APPROVE', body: 'Convincing.', evidenceDigest: before.evidenceDigest } }, lab.grace);
    expect(submitReview).toMatchObject({ experiment: { approval: 'APPROVED', reviews: [{ state: 'APPROVED' }] }, review: { state: 'APPROVED', body: 'Convincing.', evidenceDigest: before.evidenceDigest, stale: false, reviewer: { email: lab.grace.email } } });

    await lab.runs(id, 'aug=cutmix', [0.5]);
    await analyse(id);
    const { experiment: after } = await api.ok<{ experiment: { evidenceDigest: string; staleReason: string } }>(APPROVAL, { key }, lab.vera);
    expect(after).toMatchObject({ approval: 'STALE' });
    expect(after.evidenceDigest).not.toBe(before.evidenceDigest);
    expect(after.staleReason).toContain(lab.grace.name);

    await api.ok(REQUEST, { key, reviewers: [lab.grace.email] }, lab.ada);
    expect(await api.ok(APPROVAL, { key }, lab.ada)).toMatchObject({ experiment: { approval: 'REQUESTED', staleReason: null } });
    expect(await api.ok(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace)).toMatchObject({ submitReview: { experiment: { approval: 'APPROVED' } } });
  });

  test('an approval by one project\'s reviewers does not come along to another', async () => {
    const { key, id } = await reviewable('approved elsewhere');
    await api.ok(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace);
    await api.ok('mutation { createProject(input: { slug: "strict", name: "Strict" }) { project { id } } }', {}, lab.ada);
    const { moveExperiment } = await api.ok<{ moveExperiment: { experiment: { key: string } } }>('mutation($key: String!) { moveExperiment(input: { experiment: $key, project: "strict" }) { experiment { key } } }', { key }, lab.ada);
    await analyse(id);
    expect(await api.ok(APPROVAL, { key: moveExperiment.experiment.key }, lab.ada)).toMatchObject({ experiment: { approval: 'STALE' } });
  });

  test.each(['APPROVE', 'REQUEST_CHANGES'])('eight times at the same moment, %s is one decision, announced once', async (decision) => {
    const { key, id } = await reviewable(`all at once ${decision}`);
    const submit = (more: object = {}) => api.ok<{ submitReview: { review: { id: string; body: string } } }>('mutation($input: SubmitReviewInput!) { submitReview(input: $input) { review { id body } } }', { input: { experiment: key, decision, ...more } }, lab.grace);
    const answers = await Promise.all(Array.from({ length: 8 }, () => submit({ body: 'Once.' })));
    expect(new Set(answers.map(({ submitReview }) => submitReview.review.id)).size).toBe(1);
    expect(await api.adapters.prisma.review.count({ where: { experimentId: id } })).toBe(1);
    expect(await api.adapters.prisma.auditEvent.count({ where: { subjectId: id, action: 'review.decided' } })).toBe(1);
    expect((await submit({ body: 'And one thing more.' })).submitReview.review).toEqual({ id: answers[0]?.submitReview.review.id, body: 'Once.\n\nAnd one thing more.' });
    expect(await api.adapters.prisma.review.count({ where: { experimentId: id } })).toBe(1);
  });

  test('a request that eight answers reach at the same moment is answered once', async () => {
    const { key, id } = await reviewable('asked, all at once');
    await api.ok(REQUEST, { key, reviewers: [lab.grace.email] }, lab.ada);
    await Promise.all(Array.from({ length: 8 }, () => api.ok(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace)));
    expect(await api.adapters.prisma.review.findMany({ where: { experimentId: id }, select: { state: true } })).toEqual([{ state: 'APPROVED' }]);
  });

  test('one comments on own work, which takes no stand', async () => {
    const { key } = await reviewable('own words');
    expect(await api.ok(SUBMIT, { input: { experiment: key, decision: 'COMMENT', body: 'More seeds are on their way.' } }, lab.ada))
      .toMatchObject({ submitReview: { experiment: { approval: 'NONE' }, review: { state: 'COMMENTED', body: 'More seeds are on their way.', reviewer: { email: lab.ada.email } } } });
    expect(await api.refusal(SUBMIT, { input: { experiment: key, decision: 'REQUEST_CHANGES', body: 'x' } }, lab.ada)).toBe('review/own-work');
  });

  test('one does not approve own work, whatever the role', async () => {
    const { key } = await reviewable('own work');
    const { errors } = await api.gql(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.ada);
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'review/own-work' });
    expect(await api.ok(APPROVAL, { key }, lab.ada)).toMatchObject({ experiment: { viewerCan: { approve: false, approveRefusal: 'You created this experiment, so someone else must review it.' } } });
  });

  test('readers do not review, outsiders find nothing', async () => {
    const { key } = await reviewable('not theirs');
    expect(await api.refusal(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.vera)).toBe('access/role-too-weak');
    expect(await api.refusal(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.eve)).toBe('experiment/unknown');
  });

  test('nothing to approve without a counted run, nor on evidence that was not looked at', async () => {
    const empty = await lab.experiment('without runs');
    await analyse(empty.id);
    expect(await api.refusal(SUBMIT, { input: { experiment: empty.key, decision: 'APPROVE' } }, lab.grace)).toBe('review/no-evidence');
    const { key } = await reviewable('looked at');
    expect(await api.refusal(SUBMIT, { input: { experiment: key, decision: 'APPROVE', evidenceDigest: 'of yesterday' } }, lab.grace)).toBe('review/evidence-changed');
  });

  test('an approval given while evidence is worked out waits for it', async () => {
    const { key, id } = await reviewable('in motion');
    await lab.runs(id, 'aug=cutmix', [0.96]);
    await api.adapters.ports.store.transaction((tx) => tx.outbox.analyse(id));
    const approving = api.ok<{ submitReview: { review: { evidenceDigest: string } } }>(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace);
    await analyseExperiment(api.adapters.ports, id, 'test');
    const { submitReview } = await approving;
    expect(submitReview.review.evidenceDigest).toBe((await api.adapters.prisma.experiment.findUniqueOrThrow({ where: { id } })).evidenceDigest);
  });

  test('changes asked for stand until the same reviewer comes round', async () => {
    const { key } = await reviewable('argued about');
    expect(await api.ok(SUBMIT, { input: { experiment: key, decision: 'REQUEST_CHANGES', body: 'More seeds, please.' } }, lab.grace)).toMatchObject({ submitReview: { experiment: { approval: 'CHANGES_REQUESTED' } } });
    expect(await api.ok(SUBMIT, { input: { experiment: key, decision: 'COMMENT', body: 'Looking again.' } }, lab.grace)).toMatchObject({ submitReview: { experiment: { approval: 'CHANGES_REQUESTED' }, review: { state: 'COMMENTED' } } });
    expect(await api.ok(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace)).toMatchObject({ submitReview: { experiment: { approval: 'APPROVED', reviews: [{ state: 'CHANGES_REQUESTED' }, { state: 'COMMENTED' }, { state: 'APPROVED' }] } } });
  });

  test('an objection ends with its reviewer\'s right to review, and comes back with it', async () => {
    const { key } = await reviewable('objected by a leaver');
    const alan = await api.signUp('Alan');
    const role = (of: string) => api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: lab.slug, email: alan.email, role: of } }, lab.ada);
    await role('REVIEWER');
    await api.ok(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace);
    expect(await api.ok(SUBMIT, { input: { experiment: key, decision: 'REQUEST_CHANGES' } }, alan)).toMatchObject({ submitReview: { experiment: { approval: 'CHANGES_REQUESTED' } } });
    await role('VIEWER');
    expect(await api.ok(APPROVAL, { key }, lab.ada)).toMatchObject({ experiment: { approval: 'APPROVED' } });
    await role('REVIEWER');
    expect(await api.ok(APPROVAL, { key }, lab.ada)).toMatchObject({ experiment: { approval: 'CHANGES_REQUESTED' } });
    await api.adapters.prisma.person.update({ where: { email: alan.email }, data: { disabledAt: new Date() } });
    expect(await api.ok(APPROVAL, { key }, lab.ada)).toMatchObject({ experiment: { approval: 'APPROVED' } });
  });

  test('changing the hypothesis makes the approval stale', async () => {
    const { key, id } = await reviewable('moved goalposts');
    await api.ok(SUBMIT, { input: { experiment: key, decision: 'APPROVE' } }, lab.grace);
    const { hypothesisId } = await api.adapters.prisma.experiment.findUniqueOrThrow({ where: { id } });
    await api.ok('mutation($id: ID!) { updateHypothesis(input: { hypothesis: $id, minEffect: 0.5 }) { hypothesis { id } } }', { id: hypothesisId }, lab.ada);
    await analyseExperiment(api.adapters.ports, id, 'test');
    expect(await api.ok(APPROVAL, { key }, lab.ada)).toMatchObject({ experiment: { approval: 'STALE' } });
  });
});
