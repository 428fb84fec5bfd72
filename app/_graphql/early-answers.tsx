'use client';

import { Kind, print } from 'graphql';
import { useServerInsertedHTML } from 'next/navigation';
import { useRef } from 'react';
import { formatDocument, stringifyDocument, type AnyVariables, type GraphQLRequest, type TypedDocumentNode } from 'urql';

/** What a page's own HTML has asked, by the body that was sent; each answer is taken once. */
type Early = Record<string, Promise<Response> | undefined>;
declare global { interface Window { lemmaAsked?: Early } }

/** The body of a question letter for letter as urql sends it: with the cache's __typename, and the variables in the order they are declared in. One that differed would be asked a second time; a browser test counts. */
export function urqlBody<Data, Variables extends AnyVariables>({ query, variables }: GraphQLRequest<Data, Variables>): string {
  const operation = query.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const given = Object.entries(variables ?? {});
  const declared = (operation?.variableDefinitions ?? []).flatMap(({ variable: { name } }) => given.filter(([key]) => key === name.value));
  const text = stringifyDocument(formatDocument(query) as Parameters<typeof stringifyDocument>[0]);
  return JSON.stringify({ operationName: operation?.name?.value, query: text, ...(declared.length === 0 ? {} : { variables: Object.fromEntries(declared) }) });
}

/** Neither `</script>` nor `<!--` may stand in what is written into a page. */
const inScript = (text: string): string => JSON.stringify(text).replaceAll('<', String.raw`\u003c`);

/** The body of a question past urql: as it was written, without what its cache needs. */
export const plainBody = <Data, Variables extends object>(document: TypedDocumentNode<Data, Variables>, variables: Variables): string => JSON.stringify({ query: print(document), variables });

/**
 * Has the HTML that the server draws ask this question at once, so that the answer is on its way while the page's code is read: pages render in the browser, and
 * would otherwise begin to ask only when all of the code has run. Null asks nothing. In the browser it does nothing.
 */
export function useAskedEarly(body: () => string | null): void {
  // Next asks for what is to be inserted each time that it sends a piece of the page.
  const written = useRef(false);
  useServerInsertedHTML(() => {
    const asked = written.current ? null : body();
    if (asked === null) return null;
    written.current = true;
    const text = inScript(asked);
    return <script dangerouslySetInnerHTML={{ __html: `(a=>{a[${text}]??=fetch("/graphql",{method:"POST",headers:{"content-type":"application/json",accept:"application/graphql-response+json, application/json"},credentials:"same-origin",body:${text}})})(self.lemmaAsked??={})` }} />;
  });
}

/** The answer to a question that the page's HTML asked; undefined where it did not, or where it was taken before. */
export function takeEarlyAnswer(body: unknown): Promise<Response> | undefined {
  if (typeof window === 'undefined' || typeof body !== 'string') return undefined;
  const answer = window.lemmaAsked?.[body];
  delete window.lemmaAsked?.[body];
  return answer;
}
