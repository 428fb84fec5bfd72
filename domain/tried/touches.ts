import type { ChangeKind } from '../experiments/fingerprint.ts';

/** A variable that some experiment touched. Names as domain/experiments/fingerprint.ts gives them: a param's key, a package, "digits (train)", a file. */
export interface Variable { readonly kind: ChangeKind; readonly name: string }

/** What is asked about, as it was understood. */
export type Reading =
  | { readonly kind: 'VARIABLE'; readonly variables: readonly Variable[] }
  /** Words: variables whose name holds them, beside experiments found by their texts. */
  | { readonly kind: 'TOPIC'; readonly variables: readonly Variable[] };

/** A variable when one is called so, or ends so below a section of the config; else a topic. */
export function readAbout(about: string, known: readonly Variable[]): Reading {
  const named = known.filter((each) => isCalled(about, each));
  if (named.length > 0) return { kind: 'VARIABLE', variables: inOrder(about, named) };
  return { kind: 'TOPIC', variables: inOrder(about, known.filter(({ name }) => holdsWords(about, name))) };
}

/** `lr` calls `lr`, `LR`, `optim.lr` and `model/lr`; `digits` calls "digits (train)"; `scikit_learn` calls the package `scikit-learn` (PEP 503). Nothing else: an alias is offered, not guessed. */
export function isCalled(about: string, { kind, name }: Variable): boolean {
  const wanted = plain(about);
  if (wanted === '') return false;
  const own = plain(kind === 'DATA' ? name.replace(/ \([^()]*\)$/, '') : name);
  if (own === wanted || plain(name) === wanted) return true;
  if (kind === 'ENVIRONMENT') return packageName(own) === packageName(wanted);
  return own.endsWith(`.${wanted}`) || own.endsWith(`/${wanted}`);
}

const plain = (text: string): string => text.trim().toLowerCase();
const packageName = (text: string): string => text.replaceAll(/[-_.]+/g, '-');

/** Called exactly so first, then by name. */
const inOrder = (about: string, variables: readonly Variable[]): readonly Variable[] => {
  const far = ({ name }: Variable): number => Number(plain(name) !== plain(about));
  return variables.toSorted((a, b) => far(a) - far(b) || (a.name < b.name ? -1 : Number(a.name > b.name)) || (a.kind < b.kind ? -1 : 1));
};

/** Shorter pieces than this are no abbreviation of a word: `a` is not `augmentation`. */
const SHORTEST_PIECE = 3;

/**
 * Whether every word of the topic is one of the text's, begins one, or is abbreviated by one of three letters or more: `augmentation` is held by `aug.rotate` and
 * `augmentations`, `mix` by `mixup`. Words end at punctuation and before a capital (`randomErase`).
 */
export function holdsWords(topic: string, text: string): boolean {
  const pieces = wordsOf(text);
  const wanted = wordsOf(topic);
  return wanted.length > 0 && wanted.every((word) => pieces.some((piece) => piece === word || startsLong(piece, word) || startsLong(word, piece)));
}

const startsLong = (longer: string, beginning: string): boolean => beginning.length >= SHORTEST_PIECE && longer.startsWith(beginning);
const wordsOf = (text: string): string[] => text.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Names that fields use for the same setting. Offered as places to look at too, never mixed in. */
const FAMILIES: readonly (readonly string[])[] = [
  ['lr', 'learning_rate', 'base_lr', 'max_lr', 'eta', 'alpha_lr'],
  ['wd', 'weight_decay', 'l2', 'l2_reg'],
  ['bs', 'batch_size', 'batch', 'train_batch_size', 'per_device_train_batch_size'],
  ['epochs', 'num_epochs', 'n_epochs', 'max_epochs', 'num_train_epochs', 'max_iter', 'steps', 'max_steps'],
  ['dropout', 'dropout_rate', 'drop_rate', 'p_dropout'],
  ['aug', 'augment', 'augmentation', 'augmentations', 'data_augmentation'],
  ['opt', 'optim', 'optimizer', 'optimiser'],
  ['scheduler', 'lr_scheduler', 'schedule', 'lr_schedule'],
  ['width', 'hidden', 'hidden_size', 'hidden_dim', 'd_model', 'hidden_layer_sizes'],
  ['depth', 'num_layers', 'n_layers', 'layers'],
  ['model', 'arch', 'architecture', 'backbone'],
  ['clip', 'grad_clip', 'max_grad_norm', 'clip_grad_norm', 'gradient_clip_val'],
  ['label_smoothing', 'smoothing', 'ls'],
];

/** Separators and case aside: `learning-rate`, `learningRate` and `learning_rate` may be one setting. */
const squeezed = (name: string): string => plain(name).replaceAll(/[\s_-]+/g, '');
const lastPart = (name: string): string => name.split(/[./]/).at(-1) ?? name;
const MOST_OFFERED = 6;

const familyOf = (about: string): ReadonlySet<string> => {
  const last = squeezed(lastPart(about));
  return new Set([...FAMILIES.filter((each) => each.some((name) => squeezed(name) === last)).flat().map(squeezed), last]);
};

/** Variables that may mean the same by another name. */
export function alsoLookAt(about: string, known: readonly Variable[]): string[] {
  const family = familyOf(about);
  const others = known.filter((each) => !isCalled(about, each) && family.has(squeezed(lastPart(each.name))));
  return [...new Set(others.map(({ name }) => lastPart(name)))].slice(0, MOST_OFFERED);
}

/** Those that can be part of the answer, or of what is offered beside it. */
export function thatMatter(about: string, all: readonly Variable[]): Variable[] {
  const family = familyOf(about);
  return all.filter((each) => isCalled(about, each) || holdsWords(about, each.name) || family.has(squeezed(lastPart(each.name))));
}
