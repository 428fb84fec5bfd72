/** What is wrong with the store of artifacts, in one sentence a person can act on. */
export class BlobProblem extends Error { override readonly name = 'BlobProblem' }
