import type { Api, TestPerson } from './api.ts';

/** A project with people in every position a rule speaks of. */
export interface Lab {
  readonly api: Api;
  /** Owns the project and creates what is created. */
  readonly ada: TestPerson;
  /** May review. */
  readonly grace: TestPerson;
  /** May only read: a member of the organization. */
  readonly vera: TestPerson;
  /** In the organization, but the project does not exist for them. */
  readonly eve: TestPerson;
  readonly slug: string;
  readonly projectId: string;
  propose(more?: Record<string, unknown>): Promise<string>;
  /** The key and id of a new experiment of a new hypothesis. */
  experiment(name: string, more?: Record<string, unknown>): Promise<{ readonly id: string; readonly key: string; readonly hypothesis: string }>;
  /** Runs of one variant that ended, one a value, with the value as the last point of val_acc. */
  runs(experimentId: string, variant: string, values: readonly number[]): Promise<readonly string[]>;
}

const PROPOSE = 'mutation($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id } } }';
const CREATE = 'mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { id key } } }';

let labs = 0;

/** A restricted project, so that who is not in it is truly outside. */
export async function openLab(api: Api): Promise<Lab> {
  labs += 1;
  const slug = `lab${labs}`;
  const [ada, grace, vera, eve] = [await api.signUp(`Ada ${labs}`), await api.signUp(`Grace ${labs}`), await api.signUp(`Vera ${labs}`), await api.signUp(`Eve ${labs}`)];
  const { createProject } = await api.ok<{ createProject: { project: { id: string } } }>('mutation($slug: String!) { createProject(input: { slug: $slug, name: $slug, restricted: true }) { project { id } } }', { slug }, ada);
  for (const [person, role] of [[grace, 'REVIEWER'], [vera, 'VIEWER']] as const) await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: slug, email: person.email, role } }, ada);

  const propose: Lab['propose'] = async (more = {}) => {
    const input = { project: slug, statement: 'CutMix raises validation accuracy', change: 'CutMix', because: 'it regularises', metric: 'val_acc', direction: 'INCREASE', minEffect: 0.01, guardrails: ['latency_ms'], ...more };
    return (await api.ok<{ proposeHypothesis: { hypothesis: { id: string } } }>(PROPOSE, { input }, ada)).proposeHypothesis.hypothesis.id;
  };

  return {
    api, ada, grace, vera, eve, slug, projectId: createProject.project.id, propose,
    async experiment(name, more = {}) {
      const hypothesis = typeof more['hypothesis'] === 'string' ? more['hypothesis'] : await propose();
      const { createExperiment } = await api.ok<{ createExperiment: { experiment: { id: string; key: string } } }>(CREATE, { input: { project: slug, name, ...more, hypothesis } }, ada);
      return { ...createExperiment.experiment, hypothesis };
    },
    async runs(experimentId, variant, values) {
      const { ids, metrics } = api.adapters.ports;
      const { prisma } = api.adapters;
      const { id: variantId } = await prisma.variant.upsert({
        where: { experimentId_fingerprint: { experimentId, fingerprint: variant } }, update: {},
        create: { id: ids.next('variant'), experimentId, fingerprint: variant, label: variant, params: [{ key: 'aug', value: variant }] },
      });
      const made: string[] = [];
      for (const [index, value] of values.entries()) {
        const id = ids.run();
        await prisma.run.create({ data: { id, experimentId, variantId, name: `${variant}-${index}`, status: 'FINISHED', seed: String(index), startedAt: new Date(), endedAt: new Date(), params: { create: [{ key: 'aug', value: variant }] } } });
        await metrics.append(id, [{ key: 'val_acc', value: value / 2, step: 0n, timestamp: 1n }, { key: 'val_acc', value, step: 1n, timestamp: 2n }]);
        made.push(id);
      }
      return made;
    },
  };
}
