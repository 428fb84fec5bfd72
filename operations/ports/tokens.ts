export interface TokenRecords { readonly _: never }
