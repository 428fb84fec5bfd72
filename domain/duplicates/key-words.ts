/** Words of a name: `maxEpochs`, `max_epochs` and `trainer.max-epochs` are made of the same last two. */
export const wordsOf = (name: string): readonly string[] => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');

const ONE_NAME: ReadonlyMap<string, string> = new Map(Object.entries({
  lr: 'learning rate', eta: 'learning rate', lr0: 'learning rate', wd: 'weight decay', bs: 'batch size', opt: 'optimizer', optim: 'optimizer', sched: 'scheduler', aug: 'augmentation',
  epochs: 'epochs', iter: 'iterations', iters: 'iterations', imgsz: 'image size', img: 'image', embd: 'embed dim', emb: 'embed', dim: 'dim', num: '', n: '', max: '', total: '', timesteps: 'steps', val: 'validation', peak: '', per: '', device: '',
}));

/** A key under the one name that its abbreviations share, folders left out: `lr`, `trainer.learning_rate` and `peak_lr` are `learning rate`. */
export function commonName(key: string): string {
  const last = key.split('.').filter((part) => !/^\d+$/.test(part)).at(-1) ?? key;
  return wordsOf(last).map((word) => ONE_NAME.get(word) ?? word).filter((word) => word !== '').join(' ');
}

/** Keys that say where output goes, how much is said and on what machine it runs: no experiment is about them. */
const BYSTANDERS = new Set(['output', 'out', 'log', 'logs', 'logging', 'logger', 'verbose', 'verbosity', 'debug', 'workers', 'jobs', 'nthread', 'threads', 'wandb', 'tensorboard', 'mlflow', 'comet', 'neptune', 'tb', 'save', 'saves', 'save_steps', 'checkpoint', 'checkpoints', 'ckpt',
  'device', 'gpu', 'gpus', 'cuda', 'port', 'host', 'hostname', 'rank', 'cache', 'pin', 'prefetch', 'resume', 'progress', 'tqdm', 'artifact', 'artifacts', 'plot', 'plots', 'report', 'tags', 'notes', 'comment', 'user', 'print', 'profiler']);
const NAMES_OF_RUNS = /(?:^|[._])(?:(?:run|exp|experiment|job|project|study|session)(?:_?(?:name|id|dir|path|folder))?|name|(?:exp|model|log|save|work|tmp|results?)_?(?:dir|path|folder))$/;
/** `model.name` chooses a model; only where a logger or the top level is named is it a label. */
const CHOICES = /(?:^|\.)(?:model|optimizer|optim|scheduler|loss|dataset|data|env|task|encoder|decoder|backbone|criterion)\.name$/;
const SIZES = /(?:^|[._])(?:per_device|device_batch|log_(?:scale|softmax|alpha|prob\w*|transform|target)|output_(?:dim|size|channels|units)|out_(?:dim|channels|features|proj)|checkpoint_activations|gradient_checkpointing|resume_lr)/;

export function isBystander(key: string): boolean {
  const lower = key.toLowerCase();
  if (CHOICES.test(lower) || SIZES.test(lower)) return false;
  return NAMES_OF_RUNS.test(lower) || wordsOf(key).some((word) => BYSTANDERS.has(word));
}

/** Keys whose digits are a name: a fold, a date, a version. A little more is another one. */
export const namesSomething = (key: string): boolean => wordsOf(key).some((word) => ['fold', 'split', 'version', 'revision', 'date', 'year', 'month', 'snapshot', 'id', 'index', 'until', 'since', 'seed'].includes(word));

/** Values that switch a thing off. */
const OFF = new Set(['null', 'false', '0', 'off', 'none', 'no', 'disabled', '[]', '{}']);
export const isOff = (value: string): boolean => OFF.has(value.toLowerCase());
