import { describe, expect, it } from 'vitest';
import { credentialOf } from './credential.ts';

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('what a request presents', () => {
  it.each([
    ['nothing', {}, { kind: 'none' }],
    ['an empty header', { authorization: ' ' }, { kind: 'none' }],
    ['a bearer token', { authorization: 'Bearer lemma_x' }, { kind: 'token', secret: 'lemma_x' }],
    ['a bearer token in other letters', { authorization: 'bearer   lemma_x' }, { kind: 'token', secret: 'lemma_x' }],
    ['a token as the password of Basic', { authorization: basic('ada:lemma_x') }, { kind: 'token', secret: 'lemma_x' }],
    ['a password with a colon', { authorization: basic(':a:b') }, { kind: 'token', secret: 'a:b' }],
    ['Basic without a password', { authorization: basic('ada') }, { kind: 'unreadable' }],
    ['another scheme', { authorization: 'Digest abc' }, { kind: 'unreadable' }],
    ['a bare word', { authorization: 'lemma_x' }, { kind: 'unreadable' }],
    ['our cookie', { cookie: 'theme=dark; lemma.session_token=abc' }, { kind: 'session' }],
    ['our cookie over TLS', { cookie: '__Secure-lemma.session_token=abc' }, { kind: 'session' }],
    ["somebody else's cookie", { cookie: 'session_token=abc; xlemma.session_token=b' }, { kind: 'none' }],
    ['both', { cookie: 'lemma.session_token=abc', authorization: 'Bearer t' }, { kind: 'token', secret: 't' }],
  ])('%s', (_, headers, credential) => {
    expect(credentialOf(headers)).toEqual(credential);
  });
});
