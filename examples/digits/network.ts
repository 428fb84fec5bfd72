import { CLASSES, PIXELS } from './dataset.ts';
import { normal, type Random } from './random.ts';

/** 64 → hidden (ReLU) → 10 (softmax), trained by stochastic gradient descent with momentum. All weights in one vector. */
export interface Network { readonly hidden: number; readonly weights: Float64Array; readonly velocity: Float64Array }

interface Layout { readonly w1: number; readonly b1: number; readonly w2: number; readonly b2: number; readonly size: number }

/** The arrays are as long as their loops; the type system cannot know. */
const at = (values: Float64Array, index: number): number => values[index] ?? 0;

const layoutOf = (hidden: number): Layout => {
  const b1 = PIXELS * hidden;
  const w2 = b1 + hidden;
  const b2 = w2 + hidden * CLASSES;
  return { w1: 0, b1, w2, b2, size: b2 + CLASSES };
};

/** Weights drawn as He et al. (2015) propose: variance 2 / fan-in; biases zero. */
export function newNetwork(hidden: number, random: Random): Network {
  const { b1, w2, b2, size } = layoutOf(hidden);
  const weights = new Float64Array(size);
  for (let index = 0; index < b1; index += 1) weights[index] = normal(random) * Math.sqrt(2 / PIXELS);
  for (let index = w2; index < b2; index += 1) weights[index] = normal(random) * Math.sqrt(2 / hidden);
  return { hidden, weights, velocity: new Float64Array(size) };
}

/** Fills `activations` and `probabilities` for one image. */
export function predict({ hidden, weights }: Network, image: Float64Array, activations: Float64Array, probabilities: Float64Array): void {
  const { b1, w2, b2 } = layoutOf(hidden);
  for (let unit = 0; unit < hidden; unit += 1) activations[unit] = at(weights, b1 + unit);
  // Along the rows of the weights, and past the paper: half of all pixels carry no ink.
  for (let pixel = 0; pixel < PIXELS; pixel += 1) {
    const ink = at(image, pixel);
    if (ink === 0) continue;
    const row = pixel * hidden;
    for (let unit = 0; unit < hidden; unit += 1) activations[unit] = at(activations, unit) + at(weights, row + unit) * ink;
  }
  for (let unit = 0; unit < hidden; unit += 1) activations[unit] = Math.max(at(activations, unit), 0);
  let largest = -Infinity;
  for (let label = 0; label < CLASSES; label += 1) {
    let sum = at(weights, b2 + label);
    for (let unit = 0; unit < hidden; unit += 1) sum += at(weights, w2 + unit * CLASSES + label) * at(activations, unit);
    probabilities[label] = sum;
    if (sum > largest) largest = sum;
  }
  let total = 0;
  for (let label = 0; label < CLASSES; label += 1) total += probabilities[label] = Math.exp(at(probabilities, label) - largest);
  for (let label = 0; label < CLASSES; label += 1) probabilities[label] = at(probabilities, label) / total;
}

export interface Example { readonly image: Float64Array; readonly target: Float64Array }
export interface Descent { readonly learningRate: number; readonly momentum: number }

/** One step on a batch; answers the batch's mean cross-entropy in nats. */
export function step(network: Network, batch: readonly Example[], { learningRate, momentum }: Descent): number {
  const { weights, velocity } = network;
  const gradient = new Float64Array(weights.length);
  let loss = 0;
  for (const example of batch) loss += addGradient(network, example, gradient);
  for (let index = 0; index < weights.length; index += 1) {
    velocity[index] = momentum * at(velocity, index) - (learningRate * at(gradient, index)) / batch.length;
    weights[index] = at(weights, index) + at(velocity, index);
  }
  return loss / batch.length;
}

/** Backpropagation for one example; answers its cross-entropy. */
function addGradient(network: Network, { image, target }: Example, gradient: Float64Array): number {
  const { hidden, weights } = network;
  const { b1, w2, b2 } = layoutOf(hidden);
  const activations = new Float64Array(hidden);
  const backs = new Float64Array(hidden);
  const errors = new Float64Array(CLASSES);
  predict(network, image, activations, errors);
  let loss = 0;
  for (let label = 0; label < CLASSES; label += 1) {
    const wanted = at(target, label);
    if (wanted > 0) loss -= wanted * Math.log(Math.max(at(errors, label), 1e-300));
    errors[label] = at(errors, label) - wanted;
    gradient[b2 + label] = at(gradient, b2 + label) + at(errors, label);
  }
  for (let unit = 0; unit < hidden; unit += 1) {
    const active = at(activations, unit);
    if (active === 0) continue;
    let back = 0;
    for (let label = 0; label < CLASSES; label += 1) {
      const weight = w2 + unit * CLASSES + label;
      back += at(errors, label) * at(weights, weight);
      gradient[weight] = at(gradient, weight) + at(errors, label) * active;
    }
    backs[unit] = back;
    gradient[b1 + unit] = at(gradient, b1 + unit) + back;
  }
  for (let pixel = 0; pixel < PIXELS; pixel += 1) {
    const ink = at(image, pixel);
    if (ink === 0) continue;
    const row = pixel * hidden;
    for (let unit = 0; unit < hidden; unit += 1) gradient[row + unit] = at(gradient, row + unit) + at(backs, unit) * ink;
  }
  return loss;
}
