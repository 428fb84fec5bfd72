import { expect, test } from 'vitest';
import type { Viewer } from '../access/viewer.ts';
import { requireMayWithdraw, type OpenInvitation } from './invitation.ts';

const maker: Viewer = { personId: 'max', organizationId: 'org', organizationRole: 'MEMBER', roles: new Map(), signedIn: true };
const invitation: OpenInvitation = { organizationId: 'org', invitedById: 'max', acceptedAt: null };
const attempt = (viewer: Viewer, of: OpenInvitation | null) => () => { requireMayWithdraw(viewer, of); };

test('who invited may take it back, and so may an owner', () => {
  expect(attempt(maker, invitation)).not.toThrow();
  expect(attempt({ ...maker, personId: 'olga', organizationRole: 'OWNER' }, invitation)).not.toThrow();
});

test.each<[string, Viewer, OpenInvitation | null, string]>([
  ['[IN1] to another member it does not exist', { ...maker, personId: 'eve' }, invitation, 'invitation/unknown'],
  ['[IN1] nor to an owner of another organization', { ...maker, organizationRole: 'OWNER', organizationId: 'other' }, invitation, 'invitation/unknown'],
  ['[IN1] what is gone is unknown', maker, null, 'invitation/unknown'],
  ['[IN2] what was accepted stays', maker, { ...invitation, acceptedAt: new Date(0) }, 'invitation/used'],
])('%s', (_, viewer, of, code) => { expect(attempt(viewer, of)).toThrow(expect.objectContaining({ code })); });
