export interface PeopleRecords { readonly _: never }
