import type { Door } from '../http/door.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { notFound } from '../../domain/refusal.ts';

/** REST for machines under /api/v1; described by /api/v1/openapi.json. */
export function restDoor(_deps: DoorDeps): Door {
  return {
    name: 'rest',
    opens: (path) => path === '/api/v1' || path.startsWith('/api/v1/'),
    handle: () => Promise.reject(notFound('http/no-such-path', 'There is nothing at this address. /api/v1/openapi.json lists what there is.')),
  };
}
