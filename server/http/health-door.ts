import type { ServerResponse } from 'node:http';
import { sendJson } from './answer.ts';
import type { Door } from './door.ts';
import type { Instruments } from './instruments.ts';
import { pathOf } from './dispatcher.ts';

/** Each part and whether it can serve: null when it can, else what is wrong in a few words. */
export type Readiness = () => Promise<Readonly<Record<string, string | null>>>;

/** Liveness, readiness and Prometheus metrics. */
export function healthDoor({ readiness, instruments, draining }: { readonly readiness: Readiness; readonly instruments: Instruments; readonly draining: () => boolean }): Door {
  async function ready(response: ServerResponse): Promise<void> {
    const parts = draining() ? { server: 'stopping' } : await readiness();
    const ok = Object.values(parts).every((problem) => problem === null);
    sendJson(response, ok ? 200 : 503, { ready: ok, parts: Object.fromEntries(Object.entries(parts).map(([part, problem]) => [part, problem ?? 'ready'])) });
  }
  return {
    name: 'health',
    opens: (path) => path === '/healthz' || path === '/readyz' || path === '/metrics',
    async handle(request, response) {
      switch (pathOf(request)) {
        case '/healthz': sendJson(response, 200, { alive: true }); return;
        case '/readyz': await ready(response); return;
        default:
          response.writeHead(200, { 'content-type': instruments.registry.contentType });
          response.end(await instruments.registry.metrics());
      }
    },
  };
}
