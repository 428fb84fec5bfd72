export interface AnalysisRecords { readonly _: never }
