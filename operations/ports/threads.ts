export interface ThreadRecords { readonly _: never }
