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
export async function lookAtAnchors(ports: Pick<Ports, 'metrics' | 'noteDocuments'>, tx: Transaction, places: readonly Place[]): Promise<ReadonlyMap<string, Seen | null>> {
  const look = await new Look(places).read(tx, ports);
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

  async read(tx: Transaction, { metrics, noteDocuments }: Pick<Ports, 'metrics' | 'noteDocuments'>): Promise<(place: Place) => Promise<Seen | null>> {
    const facts = new Map<RunFacts, FactsOfRuns>();
    for (const kind of ['code', 'data', 'config', 'environment'] as const) {
      const wanted = this.wanted(kind);
      if (wanted.runIds.length > 0) facts.set(kind, await tx.threads.runFacts(kind, wanted.runIds, wanted.names));
    }
    const experiments = this.places.filter(({ subjectKind }) => subjectKind === 'experiment').map(({ subjectId }) => subjectId);
    const standings = experiments.length === 0 ? new Map<string, never>() : await tx.threads.standings([...new Set(experiments)]);
    const files = new Map((await tx.threads.files(this.files())).map((file) => [`${file.runId} ${file.path}`, file]));
    const curves = this.curves();
    const summaries = curves.runIds.length === 0 ? new Map<string, never>() : await metrics.summaries(curves.runIds, curves.keys);
    const summary = (runId: string, key: string) => (summaries.get(runId) ?? []).find((one: { readonly key: string }) => one.key === key);
    const passages = await this.passages(tx, noteDocuments);
    return (place) => seenAt(place, {
      words: () => passages.get(place.id) ?? null,
      standing: () => standings.get(place.subjectId),
      fact: (kind, runId, name) => facts.get(kind)?.get(runId)?.get(name) ?? null,
      file: (runId, path) => files.get(`${runId} ${path}`),
      curve: summary,
      values: (key) => tx.threads.paramValues(place.subjectId, key, MOST_VALUES),
    });
  }

  private wanted(kind: RunFacts): { readonly runIds: readonly string[]; readonly names: readonly string[] } {
    const runIds = new Set<string>();
    const names = new Set<string>();
    for (const place of this.places) {
      const { anchor } = place;
      if ((anchor.kind === 'code' && kind === 'code') || (anchor.kind === 'comparison' && anchor.of === kind)) {
        for (const id of anchor.runs) runIds.add(id);
        names.add(anchor.name);
      }
      const runId = runOf(place);
      if (anchor.kind === 'config' && kind === 'config' && runId !== null) { runIds.add(runId); names.add(anchor.key); }
    }
    return { runIds: [...runIds], names: [...names] };
  }

  /** What each passage says now: each note is read once. */
  private async passages(tx: Transaction, noteDocuments: Ports['noteDocuments']): Promise<ReadonlyMap<string, string | null>> {
    const asked = this.places.flatMap(({ id, subjectId, anchor }) => (anchor.kind === 'text' ? [{ id, subjectId, anchor }] : []));
    const found = new Map<string, string | null>();
    for (const [noteId, of] of Map.groupBy(asked, ({ subjectId }) => subjectId)) {
      const words = noteDocuments.passages((await tx.notes.since(noteId, 0)).map(({ data }) => data), of.map(({ anchor }) => anchor));
      for (const [at, { id }] of of.entries()) found.set(id, words[at] ?? null);
    }
    return found;
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

interface Standing { readonly verdict: Extract<Seen, { kind: 'verdict' }>; readonly digest: string }

/** What was read, for one place to look into. */
interface Facts {
  /** Of a passage, as it stands. */
  readonly words: () => string | null;
  readonly standing: () => Standing | undefined;
  readonly fact: (kind: RunFacts, runId: string, name: string) => string | null;
  readonly file: (runId: string, path: string) => { readonly sha256: string; readonly size: number } | undefined;
  readonly curve: (runId: string, key: string) => { readonly count: number; readonly lastValue: number } | undefined;
  readonly values: (key: string) => Promise<readonly string[]>;
}

type Of<Kind extends ThreadAnchor['kind']> = Extract<ThreadAnchor, { readonly kind: Kind }>;
type Looking = { readonly [Kind in ThreadAnchor['kind']]: (anchor: Of<Kind>, facts: Facts, runId: string | null) => Seen | null | Promise<Seen | null> };

const evidence = (_: unknown, { standing }: Facts): Seen | null => { const digest = standing()?.digest; return digest === undefined ? null : { kind: 'data', mark: digest }; };
/** An experiment's curves are drawn from its evidence, a run's from its own points. */
const curve = ({ metric }: Of<'point'> | Of<'range'>, facts: Facts, runId: string | null): Seen | null => {
  if (runId === null) return evidence(null, facts);
  const found = facts.curve(runId, metric);
  return found === undefined ? null : { kind: 'data', mark: `${found.count} points, ${String(found.lastValue)}` };
};

const LOOKING: Looking = {
  verdict: (_, { standing }) => standing()?.verdict ?? null,
  variants: evidence,
  review: evidence,
  text: (_, { words }) => { const quote = words(); return quote === null ? null : { kind: 'quote', quote }; },
  point: curve,
  range: curve,
  async config({ key }, { fact, values }, runId) {
    if (runId === null) return valuesOrNull(await values(key));
    const value = fact('config', runId, key);
    return value === null ? null : { kind: 'value', value };
  },
  artifact({ path }, { file }, runId) {
    const found = file(runId ?? '', path);
    return found === undefined ? null : { kind: 'file', sha256: found.sha256, size: found.size };
  },
  code: ({ runs, name }, { fact }) => valuesOrNull(runs.map((id) => fact('code', id, name))),
  comparison: ({ of: kind, runs, name }, facts) => valuesOrNull(runs.map((id) => (kind === 'metric' ? lastOf(facts.curve(id, name)) : facts.fact(kind, id, name)))),
};

const lastOf = (found: { readonly lastValue: number } | undefined): string | null => (found === undefined ? null : String(found.lastValue));

async function seenAt(place: Place, facts: Facts): Promise<Seen | null> {
  const look = LOOKING[place.anchor.kind] as (anchor: ThreadAnchor, facts: Facts, runId: string | null) => Seen | null | Promise<Seen | null>;
  return look(place.anchor, facts, runOf(place));
}

/** A row that no run has a value for is no row. */
const valuesOrNull = (values: readonly (string | null)[]): Seen | null => (values.some((value) => value !== null) ? { kind: 'values', values } : null);
