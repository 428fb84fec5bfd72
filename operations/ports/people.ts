import type { OrganizationRole, ProjectRole } from '../../domain/access/viewer.ts';

export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly createdAt: Date;
}

export interface Person {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationRole: OrganizationRole;
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
}

export interface Invitation {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly email: string;
  /** The role in the project; null when no project is named. */
  readonly role: ProjectRole | null;
  readonly tokenHash: string;
  readonly invitedById: string;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly createdAt: Date;
}

export interface PeopleRecords {
  /** The first organization of the installation; null before the first start is done. */
  organization(): Promise<Organization | null>;
  insertOrganization(organization: Organization): Promise<void>;
  get(id: string): Promise<Person | null>;
  /** Whatever the case of the letters. */
  byEmail(email: string): Promise<Person | null>;
  byEmails(emails: readonly string[]): Promise<readonly Person[]>;
  insert(person: Person): Promise<void>;
  setDisabled(id: string, at: Date | null): Promise<void>;
  /** Ends every session of the person and revokes every token that still holds. */
  endAccess(personId: string, at: Date): Promise<void>;
  /** How many people can sign in, whoever they are. */
  accountCount(): Promise<number>;
  invitationByHash(tokenHash: string): Promise<Invitation | null>;
  insertInvitation(invitation: Invitation): Promise<void>;
  invitation(id: string): Promise<Invitation | null>;
  deleteInvitation(id: string): Promise<void>;
  acceptInvitation(id: string, at: Date): Promise<void>;
  /** A one-time secret with which the person can choose a new password. */
  insertPasswordReset(reset: { readonly personId: string; readonly secret: string; readonly createdAt: Date; readonly expiresAt: Date }): Promise<void>;
}
