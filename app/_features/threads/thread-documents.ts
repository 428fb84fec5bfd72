import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const ThreadParts = graphql(`
  fragment ThreadParts on Thread {
    id anchor createdAt resolvedAt commentCount
    createdBy { id name initials }
    comments(first: 200) { id body createdAt editedAt viewerCanEdit author { id name initials } }
    viewerCan { reply resolve }
  }
`);

export type ThreadDetail = ResultOf<typeof ThreadParts>;

export const SubjectThreadsQuery = graphql(`
  query SubjectThreads($id: ID!) {
    node(id: $id) {
      id
      ... on Experiment { threads(first: 100) { totalCount nodes { ...ThreadParts } } }
      ... on Run { threads(first: 100) { totalCount nodes { ...ThreadParts } } }
      ... on Hypothesis { threads(first: 100) { totalCount nodes { ...ThreadParts } } }
    }
  }
`, [ThreadParts]);

export const ThreadUpdated = graphql(`subscription ThreadUpdated($subject: ID!) { threadUpdated(subject: $subject) { id } }`);

export const StartThread = graphql(`mutation StartThread($input: StartThreadInput!) { startThread(input: $input) { thread { ...ThreadParts } } }`, [ThreadParts]);
export const Reply = graphql(`mutation Reply($input: ReplyInput!) { reply(input: $input) { thread { ...ThreadParts } } }`, [ThreadParts]);
export const ResolveThread = graphql(`mutation ResolveThread($input: ResolveThreadInput!) { resolveThread(input: $input) { thread { ...ThreadParts } } }`, [ThreadParts]);
export const EditComment = graphql(`mutation EditComment($input: EditCommentInput!) { editComment(input: $input) { thread { ...ThreadParts } } }`, [ThreadParts]);
