/** Asks a Lemma on this machine, whose caller is its owner. Throws what it refuses. */
export async function ask<Data>(url: string, query: string, variables: object = {}): Promise<Data> {
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await answer.json() as { data?: Data | null; errors?: unknown };
  if (errors !== undefined || !data) throw new Error(`it was refused: ${JSON.stringify(errors)}`);
  return data;
}

/** Bytes that the server's process holds at this moment, as it tells itself. */
export async function residentBytes(url: string): Promise<number> {
  const told = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(told)?.[1]);
}
