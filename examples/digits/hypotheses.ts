import type { Config } from './train.ts';

/** A hypothesis and the trainings that test it; written down before any of them ran, and never after. */
export interface Plan {
  readonly experiment: string;
  readonly description: string;
  readonly design: 'SINGLE_CHANGE' | 'SWEEP';
  readonly hypothesis: {
    readonly statement: string;
    readonly change: string;
    readonly because: string;
    readonly metric: string;
    readonly direction: 'INCREASE' | 'DECREASE';
    readonly minEffect: number;
    readonly guardrails: readonly string[];
  };
  /** What each treatment changes; the baseline changes nothing. */
  readonly treatments: readonly Partial<Config>[];
  readonly seeds: readonly number[];
}

export const PLANS: readonly Plan[] = [
  {
    experiment: 'Shifted training digits',
    description: 'Augmentation by shifts: does moving each training image by up to one pixel help a network that saw only 600 images?',
    design: 'SINGLE_CHANGE',
    hypothesis: {
      statement: 'We believe that shifting training digits by up to one pixel will increase test_acc by at least 0.005, because people write in different places of the box and 600 images do not cover them.',
      change: 'shifting training digits by up to one pixel',
      because: 'people write in different places of the box and 600 images do not cover them',
      metric: 'test_acc',
      direction: 'INCREASE',
      minEffect: 0.005,
      guardrails: ['test_nll'],
    },
    treatments: [{ shift: 1 }],
    seeds: [1, 2, 3, 4, 5, 6],
  },
  {
    experiment: 'Mixup, three strengths',
    description: 'Augmentation by mixup: pairs of training images and their labels are mixed, with the strength swept over 0.1, 0.2 and 0.4.',
    design: 'SWEEP',
    hypothesis: {
      statement: 'We believe that mixing pairs of training digits (mixup) will increase test_acc by at least 0.005, because blended strokes should smooth the boundary between digits that look alike.',
      change: 'mixing pairs of training digits (mixup)',
      because: 'blended strokes should smooth the boundary between digits that look alike',
      metric: 'test_acc',
      direction: 'INCREASE',
      minEffect: 0.005,
      guardrails: ['test_nll'],
    },
    treatments: [{ mixup_alpha: 0.1 }, { mixup_alpha: 0.2 }, { mixup_alpha: 0.4 }],
    seeds: [1, 2, 3, 4, 5],
  },
  {
    experiment: 'Label smoothing 0.1',
    description: 'Spreading a tenth of the label over all digits, so that the network is not rewarded for being certain.',
    design: 'SINGLE_CHANGE',
    hypothesis: {
      statement: 'We believe that label smoothing of 0.1 will decrease test_nll by at least 0.01, because a network trained on 600 images is more certain than it should be.',
      change: 'label smoothing of 0.1',
      because: 'a network trained on 600 images is more certain than it should be',
      metric: 'test_nll',
      direction: 'DECREASE',
      minEffect: 0.01,
      guardrails: ['test_acc'],
    },
    treatments: [{ label_smoothing: 0.1 }],
    seeds: [1, 2, 3, 4, 5, 6],
  },
];
