import type { PeopleRecords } from '../../operations/ports/people.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

export function peopleRecords(tx: Prisma.TransactionClient): PeopleRecords {
  return {
    organization: () => tx.organization.findFirst({ orderBy: { createdAt: 'asc' } }),
    async insertOrganization(organization) {
      await tx.organization.create({ data: organization });
    },
    get: (id) => tx.person.findUnique({ where: { id } }),
    byEmails: (emails) => tx.person.findMany({ where: { email: { in: emails.map((email) => email.toLowerCase()) } } }),
    byEmail: (email) => tx.person.findUnique({ where: { email: email.toLowerCase() } }),
    async insert(person) {
      await tx.person.create({ data: person });
    },
    async setDisabled(id, disabledAt) {
      await tx.person.update({ where: { id }, data: { disabledAt } });
    },
    async endAccess(personId, at) {
      await tx.session.deleteMany({ where: { userId: personId } });
      await tx.token.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: at } });
    },
    accountCount: () => tx.account.count(),
    invitationByHash: (tokenHash) => tx.invitation.findUnique({ where: { tokenHash } }),
    async insertInvitation(invitation) {
      await tx.invitation.create({ data: invitation });
    },
    invitation: (id) => tx.invitation.findUnique({ where: { id } }),
    async deleteInvitation(id) {
      await tx.invitation.delete({ where: { id } });
    },
    async acceptInvitation(id, acceptedAt) {
      await tx.invitation.update({ where: { id }, data: { acceptedAt } });
    },
    async insertPasswordReset({ personId, secret, createdAt, expiresAt }) {
      // The row better-auth looks for when the new password arrives.
      await tx.verification.create({ data: { id: `reset_${personId}_${createdAt.getTime()}_${secret.slice(0, 6)}`, identifier: `reset-password:${secret}`, value: personId, createdAt, expiresAt } });
    },
  };
}
