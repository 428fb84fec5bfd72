import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One address before several servers, as an ingress is: connections go to them in turn, past one that does not answer. */
export interface Balancer {
  readonly url: string;
  /** Where connections go from now on. */
  serve(urls: readonly string[]): void;
  stop(): Promise<void>;
}

export async function startBalancer(): Promise<Balancer> {
  let servers: readonly URL[] = [];
  let turn = 0;
  const open = new Set<Socket>();

  const kept = (socket: Socket): Socket => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    return socket;
  };
  /** What one says the other hears, to its end; what breaks one breaks the other. */
  const join = (one: Socket, other: Socket): void => {
    for (const [from, to] of [[one, other], [other, one]] as const) {
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  };
  const lead = (guest: Socket, candidates: readonly URL[]): void => {
    const [server, ...others] = candidates;
    if (server === undefined || guest.destroyed) { guest.destroy(); return; }
    const host = kept(connect({ host: server.hostname, port: Number(server.port) }));
    const another = (): void => lead(guest, others);
    host.once('error', another);
    host.once('connect', () => {
      host.off('error', another);
      if (guest.destroyed) host.destroy();
      else join(guest, host);
    });
  };
  const door = createServer((guest) => {
    kept(guest).on('error', () => guest.destroy());
    turn = (turn + 1) % Math.max(1, servers.length);
    lead(guest, [...servers.slice(turn), ...servers.slice(0, turn)]);
  });
  await new Promise<void>((resolve) => { door.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    serve: (urls) => { servers = urls.map((url) => new URL(url)); },
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => { door.close(() => resolve()); });
    },
  };
}
