const ADJECTIVES = ['able', 'agile', 'bold', 'brave', 'bright', 'calm', 'clear', 'crisp', 'eager', 'early', 'fair', 'fast', 'fine', 'fond', 'free', 'fresh',
  'gentle', 'glad', 'grand', 'handy', 'happy', 'honest', 'keen', 'kind', 'light', 'lively', 'lucky', 'mellow', 'merry', 'mild', 'neat', 'nimble',
  'noble', 'patient', 'plain', 'polite', 'proud', 'quick', 'quiet', 'rapid', 'ready', 'rich', 'robust', 'round', 'sharp', 'silent', 'simple', 'smart',
  'smooth', 'sound', 'spare', 'stable', 'steady', 'still', 'sunny', 'swift', 'tidy', 'upbeat', 'vivid', 'warm', 'wise', 'witty', 'young', 'zesty'] as const;
const NOUNS = ['auk', 'bear', 'bee', 'bird', 'boar', 'carp', 'cat', 'colt', 'crab', 'crane', 'crow', 'deer', 'doe', 'dolphin', 'dove', 'duck',
  'eel', 'elk', 'finch', 'fish', 'fox', 'frog', 'goat', 'goose', 'grouse', 'gull', 'hare', 'hawk', 'hen', 'heron', 'horse', 'jay',
  'kite', 'koi', 'lamb', 'lark', 'lynx', 'mink', 'mole', 'moose', 'moth', 'mouse', 'newt', 'otter', 'owl', 'panda', 'perch', 'pig',
  'quail', 'ram', 'rat', 'robin', 'seal', 'shrew', 'skunk', 'snail', 'stag', 'stoat', 'swan', 'toad', 'trout', 'vole', 'whale', 'wren'] as const;

/** A name a person can say, "calm-otter-417", for a run that was given none. Made from the run's random id, so it needs no chance of its own. */
export function runNameFrom(runId: string): string {
  const at = (start: number, size: number): number => Number.parseInt(runId.slice(start, start + 4), 16) % size;
  return `${ADJECTIVES[at(0, ADJECTIVES.length)] ?? 'calm'}-${NOUNS[at(4, NOUNS.length)] ?? 'otter'}-${at(8, 1000)}`;
}
