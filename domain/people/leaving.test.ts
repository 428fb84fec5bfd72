import { expect, test } from 'vitest';
import type { Viewer } from '../access/viewer.ts';
import { requireMayDisable, type Leaver } from './leaving.ts';

const owner: Viewer = { personId: 'olga', organizationId: 'org', organizationRole: 'OWNER', roles: new Map(), signedIn: true };
const grace: Leaver = { id: 'grace', organizationId: 'org' };

test.each<[string, Viewer, Leaver | null, string]>([
  ['[LV1] a member decides nothing', { ...owner, organizationRole: 'MEMBER' }, grace, 'access/owner-needed'],
  ['[LV1] a member learns of nobody', { ...owner, organizationRole: 'MEMBER' }, null, 'access/owner-needed'],
  ['[LV2] an unknown person is unknown', owner, null, 'person/unknown'],
  ['[LV2] so is somebody of another organization', owner, { ...grace, organizationId: 'other' }, 'person/unknown'],
  ['[LV3] nobody shuts themselves out', owner, { ...grace, id: 'olga' }, 'person/own-access'],
])('%s', (_, viewer, person, code) => { expect(() => { requireMayDisable(viewer, person); }).toThrow(expect.objectContaining({ code })); });

test('an owner lets a colleague go', () => { expect(() => { requireMayDisable(owner, grace); }).not.toThrow(); });
