export interface ReviewRecords { readonly _: never }
