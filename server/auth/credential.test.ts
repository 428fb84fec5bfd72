import { describe, expect, it } from 'vitest';
import { authorizationIn, credentialOf } from './credential.ts';

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

describe('what the payload of connection_init presents', () => {
  const credentialIn = (payload: Record<string, unknown> | undefined) => { const authorization = authorizationIn(payload); return credentialOf(authorization === undefined ? {} : { authorization }); };
  const token = { kind: 'token', secret: 't' };

  it.each([
    ['no payload', undefined, { kind: 'none' }],
    ['other things', { theme: 'dark', headers: { accept: '*/*' } }, { kind: 'none' }],
    ['an empty text', { authorization: '' }, { kind: 'none' }],
    ['a token', { authorization: 'Bearer t' }, token],
    ['a token under the header\'s usual spelling', { Authorization: 'Bearer t' }, token],
    ['a token in capitals', { AUTHORIZATION: 'Bearer t' }, token],
    ['a token under headers', { headers: { Authorization: 'Bearer t' } }, token],
    ['the same token twice', { authorization: 'Bearer t', Headers: { authorization: 'Bearer t' } }, token],
    ['two tokens', { authorization: 'Bearer t', Authorization: 'Bearer u' }, { kind: 'unreadable' }],
    ['a number', { authorization: 1 }, { kind: 'unreadable' }],
    ['null', { authorization: null }, { kind: 'unreadable' }],
    ['a list', { authorization: ['Bearer t'] }, { kind: 'unreadable' }],
    ['an object under headers', { headers: { Authorization: { Bearer: 't' } } }, { kind: 'unreadable' }],
    ['headers that are a list', { headers: [['Authorization', 'Bearer t']] }, { kind: 'unreadable' }],
  ])('%s', (_, payload, credential) => {
    expect(credentialIn(payload)).toEqual(credential);
  });
});
