/** A process of its own: `node subscribers-program.ts URL RUN COUNT` opens so many graphql-ws connections that each follow the run, says "ready" to its parent when the last one has, and takes in what comes until it is killed. */
const [url = '', run = '', count = '0'] = process.argv.slice(2);
const query = 'subscription ($run: ID!) { metricsLogged(run: $run) { cursor series { key steps timestamps values count } } }';

function subscriber(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    const say = (message: object): void => socket.send(JSON.stringify(message));
    socket.addEventListener('open', () => say({ type: 'connection_init' }));
    socket.addEventListener('error', () => reject(new Error('A subscriber could not connect.')));
    socket.addEventListener('message', ({ data }) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      if (type === 'connection_ack') say({ id: '1', type: 'subscribe', payload: { query, variables: { run } } });
      else if (type === 'ping') say({ type: 'pong' });
      // What was logged before is the first message: from then on it is followed.
      else if (type === 'next') resolve();
      else if (type === 'error') reject(new Error(String(data)));
    });
  });
}

for (let opened = 0; opened < Number(count); opened += 20) await Promise.all(Array.from({ length: Math.min(20, Number(count) - opened) }, subscriber));
process.send?.('ready');

export {};
