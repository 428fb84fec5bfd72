export interface DatasetRecords { readonly _: never }
