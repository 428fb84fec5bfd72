import type { ThreadAnchor } from '../../domain/threads/anchor.ts';
import type { Seen } from '../../domain/threads/seen.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import type { FactsOfRuns, RunFacts } from '../ports/threads.ts';

/** One thread's place. */
export interface Place {
  readonly id: string;
  readonly subjectId: string;
  readonly subjectKind: string;
  readonly anchor: ThreadAnchor;
}

const MOST_VALUES = 20;

/** What stands at each of the places now, in a few questions whatever their number; null where nothing is any more, or never was. */
export async function lookAtAnchors({ metrics }: Pick<Ports, 'metrics'>, tx: Transaction, places: readonly Place[]): Promise<ReadonlyMap<string, Seen | null>> {
  const look = await new Look(places).read(tx, metrics);
  const found = new Map<string, Seen | null>();
  for (const place of places) found.set(place.id, await look(place));
  return found;
}

const runOf = ({ subjectId, subjectKind, anchor }: Place): string | null => ('run' in anchor && anchor.run !== undefined ? anchor.run : subjectKind === 'run' ? subjectId : null);

/** Gathers what must be asked for, so that each kind of fact is asked for once. */
class Look {
  private readonly places: readonly Place[];
  constructor(places: readonly Place[]) {
    this.places = places;
  }

  async read(tx: Transaction, metrics: Ports['metrics']): Promise<(place: Place) => Promise<Seen | null>> {
    const facts = new Map<RunFacts, FactsOfRuns>();
    for (const of of ['code', 'data', 'config', 'environment'] as const) {
      const wanted = this.wanted(of);
      if (wanted.runIds.length > 0) facts.set(of, await tx.threads.runFacts(of, wanted.runIds, wanted.names));
    }
    const experiments = this.places.filter(({ subjectKind }) => subjectKind === 'experiment').map(({ subjectId }) => subjectId);
    const standings = experiments.length === 0 ? new Map<string, never>() : await tx.threads.standings([...new Set(experiments)]);
    const files = new Map((await tx.threads.files(this.files())).map((file) => [`${file.runId} ${file.path}`, file]));
    const curves = this.curves();
    const summaries = curves.runIds.length === 0 ? new Map<string, never>() : await metrics.summaries(curves.runIds, curves.keys);
    const summary = (runId: string, key: string) => (summaries.get(runId) ?? []).find((one: { readonly key: string }) => one.key === key);

    return async (place) => {
      const { anchor, subjectId } = place;
      const runId = runOf(place);
      switch (anchor.kind) {
        case 'verdict': return standings.get(subjectId)?.verdict ?? null;
        case 'variants': case 'review': {
          const standing = standings.get(subjectId);
          return standing === undefined ? null : { kind: 'data', mark: standing.digest };
        }
        case 'text': return { kind: 'quote', quote: anchor.quote };
        case 'point': case 'range': {
          if (runId === null) return standings.has(subjectId) ? { kind: 'data', mark: standings.get(subjectId)?.digest ?? '' } : null;
          const curve = summary(runId, anchor.metric);
          return curve === undefined ? null : { kind: 'data', mark: `${curve.count} points, ${String(curve.lastValue)}` };
        }
        case 'config': {
          if (runId === null) return valuesOrNull(await tx.threads.paramValues(subjectId, anchor.key, MOST_VALUES));
          const value = facts.get('config')?.get(runId)?.get(anchor.key);
          return value === undefined ? null : { kind: 'value', value };
        }
        case 'artifact': {
          const file = files.get(`${runId} ${anchor.path}`);
          return file === undefined ? null : { kind: 'file', sha256: file.sha256, size: file.size };
        }
        case 'code': return valuesOrNull(anchor.runs.map((id) => facts.get('code')?.get(id)?.get(anchor.name) ?? null));
        case 'comparison': {
          const { of, name } = anchor;
          if (of === 'metric') return valuesOrNull(anchor.runs.map((id) => { const last = summary(id, name)?.lastValue; return last === undefined ? null : String(last); }));
          return valuesOrNull(anchor.runs.map((id) => facts.get(of)?.get(id)?.get(name) ?? null));
        }
      }
    };
  }

  private wanted(of: RunFacts): { readonly runIds: readonly string[]; readonly names: readonly string[] } {
    const runIds = new Set<string>();
    const names = new Set<string>();
    for (const place of this.places) {
      const { anchor } = place;
      if ((anchor.kind === 'code' && of === 'code') || (anchor.kind === 'comparison' && anchor.of === of)) {
        for (const id of anchor.runs) runIds.add(id);
        names.add(anchor.name);
      }
      const runId = runOf(place);
      if (anchor.kind === 'config' && of === 'config' && runId !== null) { runIds.add(runId); names.add(anchor.key); }
    }
    return { runIds: [...runIds], names: [...names] };
  }

  private files(): { readonly runId: string; readonly path: string }[] {
    return this.places.flatMap((place) => {
      const runId = runOf(place);
      return place.anchor.kind === 'artifact' && runId !== null ? [{ runId, path: place.anchor.path }] : [];
    });
  }

  private curves(): { readonly runIds: readonly string[]; readonly keys: readonly string[] } {
    const pairs = this.places.flatMap((place): (readonly [string, string])[] => {
      const { anchor } = place;
      if (anchor.kind === 'comparison' && anchor.of === 'metric') return anchor.runs.map((id) => [id, anchor.name] as const);
      const runId = runOf(place);
      return (anchor.kind === 'point' || anchor.kind === 'range') && runId !== null ? [[runId, anchor.metric]] : [];
    });
    return { runIds: [...new Set(pairs.map(([id]) => id))], keys: [...new Set(pairs.map(([, key]) => key))] };
  }
}

/** A row that no run has a value for is no row. */
const valuesOrNull = (values: readonly (string | null)[]): Seen | null => (values.some((value) => value !== null) ? { kind: 'values', values } : null);
