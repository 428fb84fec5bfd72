import { execute, Kind, visit, type DocumentNode, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { SharedEvent } from '../shared-event.ts';

/** What a client asked, as it came. */
export interface Asked { readonly query: string; readonly operationName?: string | null | undefined; readonly variables?: Readonly<Record<string, unknown>> | null | undefined }

/** The argument of a subscription that only says where it begins: two that differ in it are told the same from then on. */
const BEGINNING = 'after';

/** Equal for two whose answers to one event are equal. */
export function questionOf(document: DocumentNode, { query, operationName, variables }: Asked): string {
  const beginnings = new Set(document.definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : []))
    .flatMap((root) => (root.kind === Kind.FIELD ? root.arguments ?? [] : [])).flatMap(({ name, value }) => (name.value === BEGINNING && value.kind === Kind.VARIABLE ? [value.name.value] : [])));
  const uses = new Map<string, number>();
  visit(document, { Variable: ({ name: { value } }, _key, parent) => { if (!parent || 'length' in parent || parent.kind !== Kind.VARIABLE_DEFINITION) uses.set(value, (uses.get(value) ?? 0) + 1); } });
  const asked = Object.entries(variables ?? {}).filter(([name]) => !beginnings.has(name) || uses.get(name) !== 1).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([query, operationName ?? null, asked]);
}

/** Answers to shared events as JSON: executed and written out once for all who asked the same. Kept no longer than what was said is held by somebody. */
export class SharedAnswers {
  private readonly outward: (result: ExecutionResult) => object;
  private readonly answers = new WeakMap<object, Map<string, Promise<string>>>();
  constructor(outward: SharedAnswers['outward']) {
    this.outward = outward;
  }

  to(event: SharedEvent<object>, question: string, args: ExecutionArgs): Promise<string> {
    const own = this.answers.get(event.said) ?? new Map<string, Promise<string>>();
    this.answers.set(event.said, own);
    const answer = own.get(question) ?? this.write({ ...args, rootValue: event });
    own.set(question, answer);
    return answer;
  }

  private async write(args: ExecutionArgs): Promise<string> {
    return JSON.stringify(this.outward(await execute(args)));
  }
}
