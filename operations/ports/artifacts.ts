export interface ArtifactRecords { readonly _: never }
