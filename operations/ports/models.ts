export interface ModelRecords { readonly _: never }
