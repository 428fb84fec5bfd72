import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const LOOK_AGAIN_MS = 20;

/**
 * Closes the server as soon as nothing is being answered any more. To be called when the server is made: Node counts a connection that has not asked anything yet (browsers open
 * such ones ahead) as busy, and one whose answer ended during the close as kept for a next request; either would hold up the end.
 */
export function drainable(http: Server): (patienceInMs: number) => Promise<void> {
  const connections = new Set<Socket>();
  http.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  const closeUnused = () => {
    http.closeIdleConnections();
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  };
  return async (patienceInMs) => {
    const closed = new Promise((resolve) => { http.close(resolve); });
    closeUnused();
    const again = setInterval(closeUnused, LOOK_AGAIN_MS);
    const impatient = setTimeout(() => { http.closeAllConnections(); }, patienceInMs);
    await closed;
    clearInterval(again);
    clearTimeout(impatient);
  };
}
