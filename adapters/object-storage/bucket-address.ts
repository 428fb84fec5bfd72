import { BlobProblem } from './blob-problem.ts';

/** Where in an object store artifacts lie. */
export interface BucketAddress {
  /** The bucket, or what a store calls one. */
  readonly bucket: string;
  /** What every name begins with: "" or a folder with a slash at its end. */
  readonly prefix: string;
  readonly options: ReadonlyMap<string, string>;
  /** Whether addresses of the store itself are handed out. */
  readonly direct: boolean;
}

const NAME = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/;
const STEP = /^[A-Za-z0-9!_.*'()=@+-]+$/;

/** Takes `s3://bucket/folder?option=value` apart. Refuses what could name a place outside the folder, and options nobody knows. */
export function bucketAddress(artifactUrl: string, known: readonly string[], called: 'bucket' | 'container' = 'bucket'): BucketAddress {
  const [, scheme = 's3', bucket = '', path = '', query = ''] = /^([a-z0-9]+):\/\/([^/?#]*)\/?([^?#]*)(?:\?([^#]*))?$/i.exec(artifactUrl) ?? [];
  if (!NAME.test(bucket)) throw new BlobProblem(`ARTIFACT_URL names no ${called}: it must be such as ${scheme.toLowerCase()}://${called}/folder, the ${called} in lower case.`);
  const steps = path.split('/').filter((step, at, all) => step !== '' || at < all.length - 1);
  if (steps.some((step) => !STEP.test(step) || step === '.' || step === '..')) throw new BlobProblem(`ARTIFACT_URL names the folder "${path}" in the ${called} ${bucket}: its parts must be letters, digits and simple signs, none empty, "." or "..".`);
  return { bucket, prefix: steps.map((step) => `${step}/`).join(''), ...optionsIn(query, known) };
}

function optionsIn(query: string, known: readonly string[]): Pick<BucketAddress, 'options' | 'direct'> {
  const options = new Map(new URLSearchParams(query));
  const all = [...known, 'direct'];
  const strange = [...options.keys()].find((name) => !all.includes(name));
  if (strange !== undefined) throw new BlobProblem(`ARTIFACT_URL has the option "${strange}", which is not known; there are ${all.join(', ')}.`);
  const direct = options.get('direct') ?? 'false';
  if (direct !== 'true' && direct !== 'false') throw new BlobProblem(`ARTIFACT_URL says direct=${direct}; it must be true or false.`);
  return { options, direct: direct === 'true' };
}
