import type { ExperimentFacts } from '../../../domain/search/run-facts.ts';
import type { Relation } from '../../../domain/search/run-filter.ts';

/** All experiments, as run search knows them, and who was derived from whom. */
export class ExperimentIndex {
  readonly #facts = new Map<string, ExperimentFacts>();
  readonly #byKey = new Map<string, string>();
  readonly #children = new Map<string, Set<string>>();

  of(id: string): ExperimentFacts | undefined { return this.#facts.get(id); }

  clear(): void {
    this.#facts.clear();
    this.#byKey.clear();
    this.#children.clear();
  }

  put(facts: ExperimentFacts): void {
    this.remove(facts.id);
    this.#facts.set(facts.id, facts);
    this.#byKey.set(facts.key, facts.id);
    for (const parent of facts.parents) this.#children.set(parent, (this.#children.get(parent) ?? new Set()).add(facts.id));
  }

  remove(id: string): void {
    const before = this.#facts.get(id);
    if (!before) return;
    this.#facts.delete(id);
    if (this.#byKey.get(before.key) === id) this.#byKey.delete(before.key);
    for (const parent of before.parents) this.#children.get(parent)?.delete(id);
  }

  /** Over any number of steps, each of them through a project that may be seen: what lies behind another one is nobody's news. A circle ends where it began. */
  relatives(relation: Relation, key: string, visible: ReadonlySet<string>): ReadonlySet<string> {
    const start = this.#byKey.get(key);
    const seen = new Set<string>();
    const ahead = start !== undefined && this.#isIn(start, visible) ? [start] : [];
    for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
      for (const next of (relation === 'ancestor' ? this.#facts.get(id)?.parents : this.#children.get(id)) ?? []) {
        if (next === start || seen.has(next) || !this.#isIn(next, visible)) continue;
        seen.add(next);
        ahead.push(next);
      }
    }
    return seen;
  }

  #isIn(id: string, visible: ReadonlySet<string>): boolean {
    const facts = this.#facts.get(id);
    return facts !== undefined && visible.has(facts.projectId);
  }
}
