import type { Token } from '../../../generated/prisma/client.ts';
import { createToken } from '../../../operations/tokens/create-token.ts';
import { revokeToken } from '../../../operations/tokens/revoke-token.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';

export const TokenRef = builder.objectRef<Token>('Token').implement({
  description: 'An API token; only its first characters are kept readable.',
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    hint: t.exposeString('hint'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'To the minute.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
  }),
});

const CreateTokenInput = builder.inputType('CreateTokenInput', { fields: (t) => ({ name: t.string({ required: true }), expiresAt: t.field({ type: 'DateTime' }) }) });

const CreateTokenPayload = builder.objectRef<{ readonly token: Token; readonly secret: string }>('CreateTokenPayload').implement({
  description: 'secret is shown once',
  fields: (t) => ({ token: t.expose('token', { type: TokenRef }), secret: t.exposeString('secret') }),
});

builder.mutationField('createToken', (t) => t.field({
  type: CreateTokenPayload,
  args: { input: t.arg({ type: CreateTokenInput, required: true }) },
  resolve: (_, { input }, context) => createToken(context.ports, viewerOf(context), input),
}));

const RevokeTokenInput = builder.inputType('RevokeTokenInput', { fields: (t) => ({ token: t.id({ required: true }) }) });

const RevokeTokenPayload = builder.objectRef<{ readonly token: Token }>('RevokeTokenPayload').implement({ fields: (t) => ({ token: t.expose('token', { type: TokenRef }) }) });

builder.mutationField('revokeToken', (t) => t.field({
  type: RevokeTokenPayload,
  args: { input: t.arg({ type: RevokeTokenInput, required: true }) },
  resolve: async (_, { input }, context) => ({ token: await revokeToken(context.ports, viewerOf(context), input) }),
}));
