/**
 * A process of its own: `node subscribers-program.ts URL COUNT QUERIES VARIABLES TOKENS` opens so many graphql-ws connections with a subscription for each query, says "ready" to its
 * parent when the last one does, and takes in what comes until it is killed. The first of them says the state of now at once.
 */
const [url = '', count = '0', queries = '[]', variables = '{}', tokens = '[]'] = process.argv.slice(2);
const asked = JSON.parse(queries) as readonly string[];
const people = JSON.parse(tokens) as readonly string[];

function subscriber(place: number): Promise<void> {
  const token = people[place % Math.max(1, people.length)];
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    const say = (message: object): void => socket.send(JSON.stringify(message));
    socket.addEventListener('open', () => say({ type: 'connection_init', ...(token === undefined ? {} : { payload: { authorization: `Bearer ${token}` } }) }));
    socket.addEventListener('error', () => reject(new Error('A subscriber could not connect.')));
    socket.addEventListener('message', ({ data }) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      if (type === 'connection_ack') for (const [at, query] of asked.entries()) say({ id: String(at), type: 'subscribe', payload: { query, variables: JSON.parse(variables) as object } });
      else if (type === 'ping') say({ type: 'pong' });
      // What was there before is the first message: from then on it is followed.
      else if (type === 'next') resolve();
      else if (type === 'error') reject(new Error(String(data)));
    });
  });
}

for (let opened = 0; opened < Number(count); opened += 20) await Promise.all(Array.from({ length: Math.min(20, Number(count) - opened) }, (_, place) => subscriber(opened + place)));
process.send?.('ready');

export {};
