/** Ids are unique across types and say what they name: a three-letter prefix, or 32 hexadecimal digits for a run. */
const BY_PREFIX: Readonly<Record<string, string>> = {
  per: 'Person', prj: 'Project', hyp: 'Hypothesis', exp: 'Experiment', var: 'Variant', thr: 'Thread', rev: 'Review', shl: 'ShareLink', ver: 'Verdict', not: 'Note', mtg: 'Meeting',
};

/** The GraphQL type that an id names; undefined when it names none. */
export function typenameOf(id: string): string | undefined {
  if (/^[0-9a-f]{32}$/.test(id)) return 'Run';
  return BY_PREFIX[id.slice(0, 3)];
}
