import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const CommentParts = graphql(`
  fragment CommentParts on Comment {
    id body createdAt editedAt deletedAt
    deletedBy { id name }
    author { id name initials }
    reactions { kind word count viewerReacted people { id name } }
    viewerCan { edit delete }
  }
`);

export type CommentDetail = ResultOf<typeof CommentParts>;

/** With the newest comments; those before are read when somebody wants them. */
export const ThreadParts = graphql(`
  fragment ThreadParts on Thread {
    id number anchor createdAt resolvedAt commentCount following
    createdBy { id name initials }
    resolvedBy { id name }
    unread { count first }
    place { words seen now movedOn }
    commentPage(last: 12) { totalCount pageInfo { hasPreviousPage startCursor } nodes { ...CommentParts } }
    viewerCan { reply resolve }
  }
`, [CommentParts]);

export type ThreadDetail = ResultOf<typeof ThreadParts>;

export const SubjectThreadsQuery = graphql(`
  query SubjectThreads($id: ID!, $first: Int!, $after: String) {
    node(id: $id) {
      id
      ... on Experiment { unreadComments threads(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ...ThreadParts } } }
      ... on Run { unreadComments threads(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ...ThreadParts } } }
      ... on Note { unreadComments threads(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ...ThreadParts } } }
      ... on Hypothesis { unreadComments threads(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ...ThreadParts } } }
    }
  }
`, [ThreadParts]);

/** Where the open threads of a subject point, and no word of them. */
export const OpenPlacesQuery = graphql(`
  query OpenPlaces($id: ID!) {
    node(id: $id) {
      id
      ... on Experiment { threads(first: 200, state: OPEN) { nodes { id number anchor } } }
      ... on Run { threads(first: 200, state: OPEN) { nodes { id number anchor } } }
    }
  }
`);

export const EarlierCommentsQuery = graphql(`
  query EarlierComments($id: ID!, $before: String!) {
    thread(id: $id) { id commentPage(last: 50, before: $before) { pageInfo { hasPreviousPage startCursor } nodes { ...CommentParts } } }
  }
`, [CommentParts]);

export const CommentHistoryQuery = graphql(`
  query CommentHistory($thread: ID!) { thread(id: $thread) { id comments(first: 200) { id body edits { body replacedAt } } } }
`);

export const ThreadUpdated = graphql(`subscription ThreadUpdated($subject: ID!) { threadUpdated(subject: $subject) { id } }`);
export const ThreadTyping = graphql(`subscription ThreadTyping($subject: ID!) { threadTyping(subject: $subject) { thread typing person { id name } } }`);

export const StartThread = graphql(`mutation StartThread($input: StartThreadInput!) { startThread(input: $input) { thread { ...ThreadParts } } }`, [ThreadParts]);
export const Reply = graphql(`mutation Reply($input: ReplyInput!) { reply(input: $input) { thread { ...ThreadParts } } }`, [ThreadParts]);
export const ResolveThread = graphql(`mutation ResolveThread($input: ResolveThreadInput!) { resolveThread(input: $input) { thread { ...ThreadParts } } }`, [ThreadParts]);
export const EditComment = graphql(`mutation EditComment($input: EditCommentInput!) { editComment(input: $input) { thread { ...ThreadParts } } }`, [ThreadParts]);
export const DeleteComment = graphql(`mutation DeleteComment($input: DeleteCommentInput!) { deleteComment(input: $input) { thread { ...ThreadParts } } }`, [ThreadParts]);
export const React = graphql(`mutation React($input: ReactInput!) { react(input: $input) { thread { ...ThreadParts } } }`, [ThreadParts]);
export const FollowThread = graphql(`mutation FollowThread($input: FollowThreadInput!) { followThread(input: $input) { thread { id following } } }`);
export const MarkRead = graphql(`mutation MarkRead($input: MarkReadInput!) { markRead(input: $input) { thread { id unread { count first } } } }`);
export const TellTyping = graphql(`mutation TellTyping($input: TellTypingInput!) { tellTyping(input: $input) { thread } }`);
