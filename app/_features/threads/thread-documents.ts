import { graphql, type ResultOf } from '../../_graphql/graphql.ts';

export const CommentParts = graphql(`
  fragment CommentParts on Comment {
    id number body guestName createdAt editedAt deletedAt
    deletedBy { id name }
    author { id name initials }
    reactions { kind word count viewerReacted people { id name } }
    viewerCan { edit delete }
  }
`);

export type CommentDetail = ResultOf<typeof CommentParts>;

/** What an answer or an event can change of a thread beside its comments: a passage gets another anchor when its letters are written anew. */
export const ThreadHead = graphql(`
  fragment ThreadHead on Thread { id number anchor commentCount resolvedAt resolvedBy { id name } following unread { count first } }
`);

/** With the newest comments; those before are read when somebody wants them. */
export const ThreadParts = graphql(`
  fragment ThreadParts on Thread {
    ...ThreadHead
    createdAt
    createdBy { id name initials }
    outside { open sharedBy { id name } }
    place { words seen now movedOn line { number } }
    commentPage(last: 12) { pageInfo { hasPreviousPage startCursor } nodes { ...CommentParts } }
    viewerCan { reply resolve }
  }
`, [ThreadHead, CommentParts]);

export type ThreadDetail = ResultOf<typeof ThreadParts>;

/** What is talked about; and how much of it the viewer has not read. */
export const ThreadSubject = graphql(`
  fragment ThreadSubject on Thread {
    subject { ... on Discussed { id unreadComments } }
  }
`);

export const SubjectThreadsQuery = graphql(`
  query SubjectThreads($id: ID!, $first: Int!, $after: String) {
    node(id: $id) {
      id
      ... on Discussed { unreadComments threads(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ...ThreadParts } } }
    }
  }
`, [ThreadParts]);

/** One thread: that somebody has started meanwhile, or that a link leads to. */
export const OneThreadQuery = graphql(`query OneThread($id: ID!) { thread(id: $id) { ...ThreadParts ...ThreadSubject } }`, [ThreadParts, ThreadSubject]);

/** Where the open threads of a subject point, and no word of them. */
export const OpenPlacesQuery = graphql(`
  query OpenPlaces($id: ID!) {
    node(id: $id) {
      id
      ... on Discussed { threads(first: 200, state: OPEN) { nodes { id number anchor commentCount } } }
    }
  }
`);

export const EarlierCommentsQuery = graphql(`
  query EarlierComments($id: ID!, $before: String!) {
    thread(id: $id) { id commentPage(last: 50, before: $before) { pageInfo { hasPreviousPage startCursor } nodes { ...CommentParts } } }
  }
`, [CommentParts]);

export const LaterCommentsQuery = graphql(`
  query LaterComments($id: ID!, $after: String!) {
    thread(id: $id) { id commentPage(first: 50, after: $after) { pageInfo { endCursor } nodes { ...CommentParts } } }
  }
`, [CommentParts]);

export const CommentsAroundQuery = graphql(`
  query CommentsAround($id: ID!, $comment: ID!) {
    thread(id: $id) { id commentPage(first: 20, around: $comment) { pageInfo { hasPreviousPage startCursor endCursor } nodes { ...CommentParts } } }
  }
`, [CommentParts]);

/** Where a link leads, however old the thread is. */
export const LinkedCommentQuery = graphql(`query LinkedComment($id: ID!) { comment(id: $id) { id number thread { ...ThreadParts ...ThreadSubject } } }`, [ThreadParts, ThreadSubject]);


export const CommentHistoryQuery = graphql(`
  query CommentHistory($id: ID!) { comment(id: $id) { id edits { body replacedAt } } }
`);

export const DiscussionChanged = graphql(`
  subscription DiscussionChanged($subject: ID!) { discussionChanged(subject: $subject) { verb again thread { ...ThreadHead } comment { ...CommentParts } } }
`, [ThreadHead, CommentParts]);
export const ThreadTyping = graphql(`subscription ThreadTyping($subject: ID!) { threadTyping(subject: $subject) { thread typing person { id name } } }`);

export const StartThread = graphql(`mutation StartThread($input: StartThreadInput!) { startThread(input: $input) { thread { ...ThreadParts ...ThreadSubject } } }`, [ThreadParts, ThreadSubject]);
export const Reply = graphql(`mutation Reply($input: ReplyInput!) { reply(input: $input) { thread { ...ThreadHead ...ThreadSubject } comment { ...CommentParts } } }`, [ThreadHead, ThreadSubject, CommentParts]);
export const ResolveThread = graphql(`mutation ResolveThread($input: ResolveThreadInput!) { resolveThread(input: $input) { thread { ...ThreadHead } } }`, [ThreadHead]);
export const EditComment = graphql(`mutation EditComment($input: EditCommentInput!) { editComment(input: $input) { thread { ...ThreadHead } comment { ...CommentParts } } }`, [ThreadHead, CommentParts]);
export const DeleteComment = graphql(`mutation DeleteComment($input: DeleteCommentInput!) { deleteComment(input: $input) { thread { ...ThreadHead } comment { ...CommentParts } } }`, [ThreadHead, CommentParts]);
export const React = graphql(`mutation React($input: ReactInput!) { react(input: $input) { thread { ...ThreadHead } comment { ...CommentParts } } }`, [ThreadHead, CommentParts]);
export const FollowPassage = graphql(`mutation FollowPassage($input: FollowPassageInput!) { followPassage(input: $input) { thread { id anchor } } }`);
export const FollowThread = graphql(`mutation FollowThread($input: FollowThreadInput!) { followThread(input: $input) { thread { id following } } }`);
export const MarkRead = graphql(`mutation MarkRead($input: MarkReadInput!) { markRead(input: $input) { thread { id unread { count first } ...ThreadSubject } } }`, [ThreadSubject]);
export const TellTyping = graphql(`mutation TellTyping($input: TellTypingInput!) { tellTyping(input: $input) { thread } }`);
