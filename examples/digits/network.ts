import { CLASSES, PIXELS } from './dataset.ts';
import { normal, type Random } from './random.ts';

/** 64 → hidden (ReLU) → 10 (softmax), trained by stochastic gradient descent with momentum. All weights in one vector. */
export interface Network { readonly hidden: number; readonly weights: Float64Array; readonly velocity: Float64Array }

interface Layout { readonly w1: number; readonly b1: number; readonly w2: number; readonly b2: number; readonly size: number }

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
  for (let unit = 0; unit < hidden; unit += 1) {
    let sum = weights[b1 + unit] ?? 0;
    for (let pixel = 0; pixel < PIXELS; pixel += 1) sum += (weights[pixel * hidden + unit] ?? 0) * (image[pixel] ?? 0);
    activations[unit] = sum > 0 ? sum : 0;
  }
  let largest = -Infinity;
  for (let label = 0; label < CLASSES; label += 1) {
    let sum = weights[b2 + label] ?? 0;
    for (let unit = 0; unit < hidden; unit += 1) sum += (weights[w2 + unit * CLASSES + label] ?? 0) * (activations[unit] ?? 0);
    probabilities[label] = sum;
    if (sum > largest) largest = sum;
  }
  let total = 0;
  for (let label = 0; label < CLASSES; label += 1) total += probabilities[label] = Math.exp((probabilities[label] ?? 0) - largest);
  for (let label = 0; label < CLASSES; label += 1) probabilities[label] = (probabilities[label] ?? 0) / total;
}

export interface Example { readonly image: Float64Array; readonly target: Float64Array }
export interface Descent { readonly learningRate: number; readonly momentum: number }

/** One step on a batch; answers the batch's mean cross-entropy in nats. */
export function step(network: Network, batch: readonly Example[], { learningRate, momentum }: Descent): number {
  const { hidden, weights, velocity } = network;
  const { b1, w2, b2, size } = layoutOf(hidden);
  const gradient = new Float64Array(size);
  const activations = new Float64Array(hidden);
  const probabilities = new Float64Array(CLASSES);
  let loss = 0;
  for (const { image, target } of batch) {
    predict(network, image, activations, probabilities);
    for (let label = 0; label < CLASSES; label += 1) {
      const wanted = target[label] ?? 0;
      if (wanted > 0) loss -= wanted * Math.log(Math.max(probabilities[label] ?? 0, 1e-300));
      probabilities[label] = (probabilities[label] ?? 0) - wanted;
      gradient[b2 + label] = (gradient[b2 + label] ?? 0) + (probabilities[label] ?? 0);
    }
    for (let unit = 0; unit < hidden; unit += 1) {
      const active = activations[unit] ?? 0;
      if (active === 0) continue;
      let back = 0;
      for (let label = 0; label < CLASSES; label += 1) {
        const error = probabilities[label] ?? 0;
        back += error * (weights[w2 + unit * CLASSES + label] ?? 0);
        gradient[w2 + unit * CLASSES + label] = (gradient[w2 + unit * CLASSES + label] ?? 0) + error * active;
      }
      gradient[b1 + unit] = (gradient[b1 + unit] ?? 0) + back;
      for (let pixel = 0; pixel < PIXELS; pixel += 1) gradient[pixel * hidden + unit] = (gradient[pixel * hidden + unit] ?? 0) + back * (image[pixel] ?? 0);
    }
  }
  for (let index = 0; index < size; index += 1) {
    velocity[index] = momentum * (velocity[index] ?? 0) - (learningRate * (gradient[index] ?? 0)) / batch.length;
    weights[index] = (weights[index] ?? 0) + (velocity[index] ?? 0);
  }
  return loss / batch.length;
}
