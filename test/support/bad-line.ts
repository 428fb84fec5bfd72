import { connect, createServer, type AddressInfo } from 'node:net';

/** A line to a server that turns one byte over where content says TURN THIS, and breaks off where it says BREAK HERE. */
export async function badLine(endpoint: string): Promise<{ readonly endpoint: string; stop(): void }> {
  const { hostname, port } = new URL(endpoint);
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
    far.pipe(near);
    near.on('data', (part: Buffer) => {
      if (part.includes('BREAK HERE')) {
        far.destroy();
        near.destroy();
        return;
      }
      const at = part.indexOf('TURN THIS');
      if (at >= 0) part[at] = 0x74;
      far.write(part);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => { server.close(); } };
}
