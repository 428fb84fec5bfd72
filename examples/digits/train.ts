import { CLASSES, PIXELS, type Digits, type Images } from './dataset.ts';
import { newNetwork, predict, step, type Example, type Network } from './network.ts';
import { seededRandom, shuffled, symmetricBeta, type Random } from './random.ts';

/** Everything that decides a training besides the data; logged as the run's params. */
export interface Config {
  readonly hidden: number;
  readonly epochs: number;
  readonly batch_size: number;
  readonly learning_rate: number;
  readonly momentum: number;
  /** Largest random shift of a training image, in pixels. */
  readonly shift: number;
  /** Mixup's Beta(α, α); 0 turns it off (Zhang et al., 2018). */
  readonly mixup_alpha: number;
  /** Probability mass spread over all classes (Szegedy et al., 2016). */
  readonly label_smoothing: number;
}

export const DEFAULTS: Config = { hidden: 32, epochs: 30, batch_size: 32, learning_rate: 0.1, momentum: 0.9, shift: 0, mixup_alpha: 0, label_smoothing: 0 };

/** Cross-entropy in nats, accuracy as a share from 0 to 1. */
export interface EpochResult { readonly epoch: number; readonly train_loss: number; readonly test_nll: number; readonly test_acc: number }

/** Trains one network; yields after every epoch. The seed decides the first weights, the order and the augmentation. */
export function* train({ train: images, test }: Digits, config: Config, seed: number): Generator<EpochResult> {
  const random = seededRandom(seed);
  const network = newNetwork(config.hidden, random);
  for (let epoch = 1; epoch <= config.epochs; epoch += 1) {
    const order = shuffled(images.count, random);
    // A cosine from the full rate to a twentieth of it: without it the last epochs bounce.
    const learningRate = config.learning_rate * (0.525 + 0.475 * Math.cos((Math.PI * (epoch - 1)) / config.epochs));
    let loss = 0;
    for (let start = 0; start < images.count; start += config.batch_size) {
      const batch = Array.from(order.subarray(start, start + config.batch_size), (index) => example(images, index, config, random));
      loss += step(network, batch, { learningRate, momentum: config.momentum }) * batch.length;
    }
    yield { epoch, train_loss: loss / images.count, ...evaluate(network, test) };
  }
}

function example(images: Images, index: number, config: Config, random: Random): Example {
  const image = shiftedImage(images, index, config.shift, random);
  const target = new Float64Array(CLASSES).fill(config.label_smoothing / CLASSES);
  const share = config.mixup_alpha > 0 ? symmetricBeta(config.mixup_alpha, random) : 1;
  addLabel(target, images.labels[index] ?? 0, share * (1 - config.label_smoothing));
  if (share === 1) return { image, target };
  const partner = Math.floor(random() * images.count);
  const other = shiftedImage(images, partner, config.shift, random);
  for (let pixel = 0; pixel < PIXELS; pixel += 1) image[pixel] = share * (image[pixel] ?? 0) + (1 - share) * (other[pixel] ?? 0);
  addLabel(target, images.labels[partner] ?? 0, (1 - share) * (1 - config.label_smoothing));
  return { image, target };
}

const addLabel = (target: Float64Array, label: number, mass: number): void => {
  target[label] = (target[label] ?? 0) + mass;
};

/** The image moved by up to `most` pixels each way; what moves in is empty. */
function shiftedImage({ pixels }: Images, index: number, most: number, random: Random): Float64Array {
  const source = pixels.subarray(index * PIXELS, (index + 1) * PIXELS);
  if (most === 0) return source.slice();
  const draw = (): number => Math.floor(random() * (2 * most + 1)) - most;
  const [right, down] = [draw(), draw()];
  return Float64Array.from({ length: PIXELS }, (_, pixel) => {
    const [x, y] = [(pixel % 8) - right, (pixel >> 3) - down];
    return x >= 0 && x < 8 && y >= 0 && y < 8 ? (source[y * 8 + x] ?? 0) : 0;
  });
}

function evaluate(network: Network, { pixels, labels, count }: Images): { test_nll: number; test_acc: number } {
  const activations = new Float64Array(network.hidden);
  const probabilities = new Float64Array(CLASSES);
  let nll = 0;
  let right = 0;
  for (let index = 0; index < count; index += 1) {
    predict(network, pixels.subarray(index * PIXELS, (index + 1) * PIXELS), activations, probabilities);
    const label = labels[index] ?? 0;
    nll -= Math.log(Math.max(probabilities[label] ?? 0, 1e-300));
    if (probabilities.indexOf(Math.max(...probabilities)) === label) right += 1;
  }
  return { test_nll: nll / count, test_acc: right / count };
}
