import type { ProjectAccess, ProjectRole } from '../../domain/access/viewer.ts';

export interface Project extends ProjectAccess {
  readonly slug: string;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly policyPreset: 'SOLO' | 'GROWING' | 'MATURE';
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
}

export interface ProjectRecords {
  get(id: string): Promise<Project | null>;
  bySlug(slug: string): Promise<Project | null>;
  /** The keys in use that start with `prefix`, for choosing a free one. */
  keysLike(prefix: string): Promise<ReadonlySet<string>>;
  insert(project: Project): Promise<void>;
  update(project: Project): Promise<void>;
  /** Takes the next experiment number; concurrent callers wait for each other. */
  nextNumber(projectId: string): Promise<number>;
  setRole(projectId: string, personId: string, role: ProjectRole): Promise<void>;
  /** Answers whether the person was a member. */
  removeMember(projectId: string, personId: string): Promise<boolean>;
  roleOf(projectId: string, personId: string): Promise<ProjectRole | null>;
  /** Memberships of a person, by project id. */
  rolesOf(personId: string): Promise<ReadonlyMap<string, ProjectRole>>;
}
