/** Whose file it is: a run's or a logged model's. */
export interface ArtifactOwner {
  readonly kind: 'run' | 'model';
  readonly id: string;
}
