export interface ShareLinkRecords { readonly _: never }
