import type { Invitation, Person } from '../../../generated/prisma/client.ts';
import { invitePerson } from '../../../operations/people/invite-person.ts';
import { mailInvitation } from '../../../operations/people/mail-invitation.ts';
import { disablePerson, enablePerson } from '../../../operations/people/disable-person.ts';
import { resetPassword } from '../../../operations/people/reset-password.ts';
import { withdrawInvitation } from '../../../operations/people/withdraw-invitation.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { personOf } from '../loaders.ts';
import { PersonRef } from '../types.ts';
import { InvitationRef } from './organization.ts';
import { ProjectRoleEnum } from './roles.ts';

const InvitePersonInput = builder.inputType('InvitePersonInput', {
  fields: (t) => ({
    email: t.string({ required: true }),
    project: t.string({ description: 'A slug, to invite to that project too.' }),
    role: t.field({ type: ProjectRoleEnum }),
  }),
});

const InvitePersonPayload = builder.objectRef<{ readonly invitation: Invitation; readonly url: string }>('InvitePersonPayload').implement({
  description: 'url: hand it to the invited person; also mailed when SMTP_URL is set',
  fields: (t) => ({ invitation: t.expose('invitation', { type: InvitationRef }), url: t.exposeString('url') }),
});

builder.mutationField('invitePerson', (t) => t.field({
  type: InvitePersonPayload,
  args: { input: t.arg({ type: InvitePersonInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const { invitation, secret } = await invitePerson(context.ports, viewerOf(context), input);
    const url = `${context.env.publicUrl}/invitations/${secret}`;
    await mailInvitation(context.ports, { to: invitation.email, url });
    return { invitation, url };
  },
}));

const ResetPasswordInput = builder.inputType('ResetPasswordInput', { fields: (t) => ({ email: t.string({ required: true }) }) });

const ResetPasswordPayload = builder.objectRef<{ readonly url: string }>('ResetPasswordPayload').implement({
  description: 'url: a one-time password-reset link for the person, shown to the owner',
  fields: (t) => ({ url: t.exposeString('url') }),
});

builder.mutationField('resetPassword', (t) => t.field({
  type: ResetPasswordPayload,
  args: { input: t.arg({ type: ResetPasswordInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const { secret } = await resetPassword(context.ports, viewerOf(context), input);
    return { url: `${context.env.publicUrl}/reset-password?token=${secret}` };
  },
}));

const WithdrawInvitationInput = builder.inputType('WithdrawInvitationInput', { fields: (t) => ({ invitation: t.id({ required: true }) }) });

const WithdrawInvitationPayload = builder.objectRef<{ readonly invitationId: string }>('WithdrawInvitationPayload').implement({
  description: 'invitationId: the invitation that is gone',
  fields: (t) => ({ invitationId: t.exposeID('invitationId') }),
});

builder.mutationField('withdrawInvitation', (t) => t.field({
  type: WithdrawInvitationPayload,
  description: 'Makes the link of an invitation worthless. Allowed to who made it and to owners of the organization.',
  args: { input: t.arg({ type: WithdrawInvitationInput, required: true }) },
  resolve: async (_, { input: { invitation } }, context) => {
    await withdrawInvitation(context.ports, viewerOf(context), invitation);
    return { invitationId: invitation };
  },
}));

const PersonPayload = (name: string) => builder.objectRef<{ readonly personId: string }>(name).implement({
  fields: (t) => ({ person: t.field({ type: PersonRef, resolve: async ({ personId }, _, context) => (await personOf(context, personId)) as Person }) }),
});

const DisablePersonInput = builder.inputType('DisablePersonInput', { fields: (t) => ({ person: t.id({ required: true }) }) });

builder.mutationField('disablePerson', (t) => t.field({
  type: PersonPayload('DisablePersonPayload'),
  description: 'Ends the sessions and tokens of a person and lets them in no more; what they did stays, their standing objections bind nobody. Owners of the organization only, never for oneself.',
  args: { input: t.arg({ type: DisablePersonInput, required: true }) },
  resolve: (_, { input: { person } }, context) => disablePerson(context.ports, viewerOf(context), person),
}));

const EnablePersonInput = builder.inputType('EnablePersonInput', { fields: (t) => ({ person: t.id({ required: true }) }) });

builder.mutationField('enablePerson', (t) => t.field({
  type: PersonPayload('EnablePersonPayload'),
  description: 'Lets a disabled person sign in again. Their old tokens stay revoked.',
  args: { input: t.arg({ type: EnablePersonInput, required: true }) },
  resolve: (_, { input: { person } }, context) => enablePerson(context.ports, viewerOf(context), person),
}));
