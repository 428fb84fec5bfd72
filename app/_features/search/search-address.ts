/** What the address of the page says: the question, how it is read, and what was chosen of what was found. */
export interface SearchAddress {
  readonly text: string;
  readonly project: string | null;
  /** Words are looked for as words although they can be read as a filter. */
  readonly asWords: boolean;
  readonly chosen: ReadonlyMap<FacetName, readonly string[]>;
}

/** The facets one chooses from on the page, as the address and GraphQL name them; the project has a list of its own. */
export const FACET_NAMES = ['KIND', 'VERDICT', 'STATUS', 'OWNER', 'WHEN'] as const;
export type FacetName = (typeof FACET_NAMES)[number];

interface Params { get(name: string): string | null }

export const searchAddressFrom = (params: Params): SearchAddress => ({
  text: params.get('q') ?? '', project: params.get('project'), asWords: params.get('as') === 'words',
  chosen: new Map(FACET_NAMES.flatMap((name) => { const values = (params.get(name.toLowerCase()) ?? '').split(',').filter(Boolean); return values.length === 0 ? [] : [[name, values] as const]; })),
});

/** The parameters of the address, without the question mark. */
export const searchState = ({ text, project, asWords, chosen }: SearchAddress): string => (
  new URLSearchParams({ ...(text ? { q: text } : {}), ...(project ? { project } : {}), ...(asWords ? { as: 'words' } : {}), ...Object.fromEntries(Array.from(chosen, ([name, values]) => [name.toLowerCase(), values.join(',')])) }).toString()
);

export function searchHref(address: SearchAddress): string {
  const state = searchState(address);
  return state ? `/search?${state}` : '/search';
}

/** The same with a value chosen, or no longer. */
export function toggled(chosen: SearchAddress['chosen'], name: FacetName, value: string): SearchAddress['chosen'] {
  const before = chosen.get(name) ?? [];
  const values = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
  return new Map([...[...chosen].filter(([other]) => other !== name), ...(values.length === 0 ? [] : [[name, values] as const])]);
}
