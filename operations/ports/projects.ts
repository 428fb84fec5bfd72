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
  /** All slugs and keys in use, for choosing a free key. */
  keyTaken(key: string): Promise<boolean>;
  insert(project: Project): Promise<void>;
  update(project: Project): Promise<void>;
  /** Takes the next experiment number; concurrent callers wait for each other. */
  nextNumber(projectId: string): Promise<number>;
  setRole(projectId: string, personId: string, role: ProjectRole): Promise<void>;
  removeMember(projectId: string, personId: string): Promise<void>;
  /** Memberships of a person, by project id. */
  rolesOf(personId: string): Promise<ReadonlyMap<string, ProjectRole>>;
}
