import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const NoteSubject = graphql(`
  fragment NoteSubject on Subject {
    __typename
    ... on Project { id slug name }
    ... on Note { id title }
    ... on Hypothesis { id statement project { id slug name } }
    ... on Experiment { id key name project { id slug name } }
    ... on Run { id name experiment { id key name project { id slug name } } }
    ... on Meeting { id title project { id slug name } }
  }
`);

export const BacklinkParts = graphql(`
  fragment BacklinkParts on Backlink {
    id metric createdAt author { id name }
    source { __typename ... on Note { id title } ... on Thread { id subject { ...NoteSubject } } }
  }
`, [NoteSubject]);
export type BacklinkRow = ResultOf<typeof BacklinkParts>;

export const BacklinksQuery = graphql(`
  query Backlinks($id: ID!) {
    node(id: $id) {
      id
      ... on Hypothesis { backlinks(first: 30) { totalCount nodes { ...BacklinkParts } } }
      ... on Experiment { backlinks(first: 30) { totalCount nodes { ...BacklinkParts } } }
      ... on Run { backlinks(first: 30) { totalCount nodes { ...BacklinkParts } } }
    }
  }
`, [BacklinkParts]);

export const NoteQuery = graphql(`
  query Note($id: ID!) {
    note(id: $id) {
      id title createdAt updatedAt
      subject { ...NoteSubject }
      project { id slug name }
      createdBy { id name initials }
      viewerCan { edit delete share comment }
      backlinks(first: 30) { totalCount nodes { ...BacklinkParts } }
    }
  }
`, [NoteSubject, BacklinkParts]);

export type NoteDetail = NonNullable<ResultOf<typeof NoteQuery>['note']>;
export type NoteSubjectNode = ResultOf<typeof NoteSubject>;

export const VersionsQuery = graphql(`
  query NoteVersions($id: ID!, $after: String) {
    note(id: $id) { id versions(first: 30, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id name createdAt author { id name initials } changes { kind text } } } }
  }
`);

export type NoteVersionRow = NonNullable<ResultOf<typeof VersionsQuery>['note']>['versions']['nodes'][number];

export const SubjectNotesQuery = graphql(`
  query SubjectNotes($id: ID!) {
    node(id: $id) {
      id
      ... on Project { notes(first: 20) { totalCount nodes { id title excerpt updatedAt createdBy { id name initials } } } }
      ... on Hypothesis { notes(first: 20) { totalCount nodes { id title excerpt updatedAt createdBy { id name initials } } } }
      ... on Experiment { notes(first: 20) { totalCount nodes { id title excerpt updatedAt createdBy { id name initials } } } }
      ... on Run { notes(first: 20) { totalCount nodes { id title excerpt updatedAt createdBy { id name initials } } } }
      ... on Meeting { notes(first: 20) { totalCount nodes { id title excerpt updatedAt createdBy { id name initials } } } }
    }
  }
`);

export const NoteUpdated = graphql(`subscription NoteUpdated($subject: ID!) { noteUpdated(subject: $subject) { id } }`);

export const CreateNote = graphql(`mutation CreateNote($input: CreateNoteInput!) { createNote(input: $input) { note { id title } } }`);
export const RenameNote = graphql(`mutation RenameNote($input: RenameNoteInput!) { renameNote(input: $input) { note { id title } } }`);
export const DeleteNote = graphql(`mutation DeleteNote($input: DeleteNoteInput!) { deleteNote(input: $input) { deleted } }`);
export const KeepVersion = graphql(`mutation KeepNoteVersion($input: KeepNoteVersionInput!) { keepNoteVersion(input: $input) { version { id name } } }`);
export const RestoreVersion = graphql(`mutation RestoreNoteVersion($input: RestoreNoteVersionInput!) { restoreNoteVersion(input: $input) { note { id } } }`);

export const MentionableQuery = graphql(`
  query Mentionable($text: String!, $project: String, $kinds: [MentionKind!], $about: ID, $first: Int) {
    mentionable(text: $text, project: $project, kinds: $kinds, about: $about, first: $first) { kind id label detail }
  }
`);
export type MentionableRow = ResultOf<typeof MentionableQuery>['mentionable'][number];
