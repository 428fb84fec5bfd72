import type { Invitation } from '../../../generated/prisma/client.ts';
import { invitePerson } from '../../../operations/people/invite-person.ts';
import { mailInvitation } from '../../../operations/people/mail-invitation.ts';
import { resetPassword } from '../../../operations/people/reset-password.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
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
