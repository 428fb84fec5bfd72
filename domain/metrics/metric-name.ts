import { badInput } from '../refusal.ts';

const LONGEST = 250;
/** Letters and digits of every script, underscore, dash, dot, space, colon and slash: what MLflow's clients can ask for again. */
const NAME = /^[\p{L}\p{N}_.\- :/]+$/u;
/** What would be another name, were it a path: an empty, "." or ".." part. */
const NO_PART = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** Refuses a name that a metric may not have; the same names as at the MLflow door. */
export function requireMetricName(name: string): void {
  if (name.length > LONGEST) throw badInput('metric/bad-name', `A metric's name may have ${LONGEST} characters; one begins with "${name.slice(0, 40)}" and has ${name.length}.`);
  if (!NAME.test(name) || NO_PART.test(name)) {
    throw badInput('metric/bad-name', `${JSON.stringify(name)} cannot be a metric's name: it may hold letters, digits, and _ - . : / and spaces, and no empty, "." or ".." part between slashes.`);
  }
}
