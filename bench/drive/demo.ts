import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './ask.ts';

const SHOWN = 'DIG-1';

/** The id of the demo's first experiment, once the demo is there with all its verdicts: what it still writes is not what is measured. */
export async function demoExperiment(url: string): Promise<string> {
  for (let waited = 0; waited < 120; waited += 1) {
    const { experiment, project } = await ask<Demo>(url, `query ($key: String!) { experiment(key: $key) { id } project(slug: "digits") { experiments(first: 10) { nodes { verdict { id } verdictPending } } } }`, { key: SHOWN });
    const all = project?.experiments.nodes ?? [];
    if (experiment && all.length >= 3 && all.every(({ verdict, verdictPending }) => verdict && !verdictPending)) return experiment.id;
    await pause(500);
  }
  throw new Error('The demo did not come to its verdicts.');
}

interface Demo {
  readonly experiment: { readonly id: string } | null;
  readonly project: { readonly experiments: { readonly nodes: readonly { readonly verdict: { readonly id: string } | null; readonly verdictPending: boolean }[] } } | null;
}
