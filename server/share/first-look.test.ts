import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import { LinkLooks } from './link-looks.ts';
import type { PageDeps } from './share-reader.ts';
import { watchShareLink } from './watch-share-link.ts';

const link = { id: 'shl_1', projectId: 'prj_1', subjectId: 'exp_1', subjectKind: 'experiment', maxViews: null, frozen: null } as unknown as ShareLink;

test('pages that open in one moment share their first look', async () => {
  let looked = 0;
  const ports = { store: { transaction: () => { looked += 1; return Promise.resolve(false); } } };
  const changes = { subscribe: async function* nothing() {} };
  const deps = { ports, changes, liveMetrics: changes, looks: new LinkLooks({ ports } as unknown as PageDeps) } as unknown as Parameters<typeof watchShareLink>[0]['deps'];
  const said: string[] = [];
  const listen = () => {
    const response = Object.assign(new EventEmitter(), { writeHead: () => response, write: (text: string) => said.push(text), end: () => response }) as unknown as ServerResponse;
    return watchShareLink({ deps, link, again: false }, { request: new EventEmitter() as IncomingMessage, response });
  };
  await Promise.all(Array.from({ length: 5 }, listen));
  expect(said.filter((text) => text.startsWith('event: gone'))).toHaveLength(5);
  expect(looked).toBe(1);
});
