import { describe, expect, it } from 'vitest';
import { admit, type SignUpSituation } from './admission.ts';
import { checkEmail } from './email.ts';
import { initialsOf } from './person-name.ts';

const now = new Date('2026-11-22T10:00:00Z');
const invitation = { email: 'ada@example.org', expiresAt: new Date('2026-11-23T10:00:00Z'), acceptedAt: null };
const situation: SignUpSituation = { mode: 'required', signUp: 'invited', accounts: 1, email: 'ada@example.org', invitation: null, now };
const answer = (change: Partial<SignUpSituation>): string => {
  try { return admit({ ...situation, ...change }); } catch (refusal) { return (refusal as { code: string }).code; }
};

describe('who signs up', () => {
  it.each<[string, Partial<SignUpSituation>, string]>([
    ['first, where accounts are required, is the owner', { accounts: 0 }, 'OWNER'],
    ['first, in local mode, is a member: the owner is the machine\'s', { accounts: 0, mode: 'local', signUp: 'open' }, 'MEMBER'],
    ['later needs an invitation', {}, 'invitation/needed'],
    ['later comes in freely where sign-up is open', { signUp: 'open' }, 'MEMBER'],
    ['with an invitation comes in', { invitation }, 'MEMBER'],
    ['with the invitation of another does not', { invitation: { ...invitation, email: 'eve@example.org' } }, 'invitation/other-email'],
    ['at the moment the invitation ends does not', { invitation: { ...invitation, expiresAt: now } }, 'invitation/expired'],
    ['with a used invitation does not, even where sign-up is open', { signUp: 'open', invitation: { ...invitation, acceptedAt: now } }, 'invitation/used'],
  ])('%s', (_, change, wanted) => { expect(answer(change)).toBe(wanted); });
});

describe('an e-mail address', () => {
  it.each([[' Ada@Example.ORG ', 'ada@example.org'], ["o'brien+x@a-b.example", "o'brien+x@a-b.example"]])('%s is kept as %s', (text, email) => { expect(checkEmail(text)).toBe(email); });
  it.each(['', 'ada', 'ada@', '@example.org', 'a b@example.org', 'ada@localhost', 'ada@-x.org', 'ada@x..org', 'a@b@c.org', `${'x'.repeat(250)}@example.org`])('is not "%s"', (text) => { expect(() => checkEmail(text)).toThrow(/e-mail/); });
});

it.each([['Ada Lovelace', 'AL'], ['ada', 'A'], ['  Jean  Luc  Picard ', 'JP'], ['Émile Ö', 'ÉÖ'], ['李 小龙', '李小'], ['🧪', '?'], ['', '?']])('the initials of "%s" are %s', (name, initials) => { expect(initialsOf(name)).toBe(initials); });
