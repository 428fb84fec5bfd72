export interface RunRecords { readonly _: never }
