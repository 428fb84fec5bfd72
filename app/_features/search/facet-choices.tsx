import type { SearchFacets } from './search-results.ts';
import { FACET_NAMES, type FacetName } from './search-address.ts';

const TITLES: Readonly<Record<FacetName, string>> = { KIND: 'kind', VERDICT: 'verdict', STATUS: 'status', OWNER: 'owner', WHEN: 'last changed' };
const AGES: Readonly<Record<string, string>> = { week: 'within 7 days', month: '8 to 30 days ago', year: 'within a year', older: 'longer ago' };
const isShown = (name: string): name is FacetName => (FACET_NAMES as readonly string[]).includes(name);

interface FacetChoicesProps {
  readonly facets: SearchFacets;
  readonly onToggle: (name: FacetName, value: string) => void;
}

/** What was found, counted by what it is; a press narrows to it, another one takes that back. A facet that would choose between nothing is left out. */
export function FacetChoices({ facets, onToggle }: FacetChoicesProps) {
  const shown = facets.flatMap(({ facet, values }) => (isShown(facet) && (values.length > 1 || values.some(({ chosen }) => chosen)) ? [{ facet, values }] : []));
  if (shown.length === 0) return null;
  return (
    <div className="facets" role="group" aria-label="Narrow what was found">
      {shown.map(({ facet, values }) => (
        <div key={facet} className="facet" role="group" aria-label={TITLES[facet]}>
          <span className="hint">{TITLES[facet]}</span>
          {values.map(({ value, label, count, chosen }) => (
            <button key={value} type="button" aria-pressed={chosen} onClick={() => onToggle(facet, value)}>{wordFor(facet, value, label)} <span className="mono">{count}</span></button>
          ))}
        </div>
      ))}
    </div>
  );
}

const wordFor = (facet: FacetName, value: string, label: string): string => (facet === 'WHEN' ? AGES[value] ?? value : facet === 'OWNER' ? label : value.toLowerCase());
