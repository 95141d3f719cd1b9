import { graphql } from '#web/graphql/generated/gql.ts';

graphql(`
  fragment CommentFields on Comment {
    id
    body
    author {
      id
      name
    }
    mentions {
      id
      name
    }
    region {
      x
      y
      width
      height
    }
    view
    createdAt
    editedAt
    resolvedAt
    resolvedBy {
      id
      name
    }
    deletedAt
    mine
    deletable
  }
`);

graphql(`
  fragment ThreadFields on Comment {
    ...CommentFields
    replies {
      ...CommentFields
    }
    evaluation {
      id
      run {
        id
        variant {
          id
          name
        }
      }
      datasetVersion {
        id
        dataset {
          id
          name
        }
      }
    }
    reconstruction {
      id
      name
      label
      image {
        id
        thumbnailUrl
      }
    }
    run {
      id
      seed
      variant {
        id
        name
      }
      datasetVersion {
        id
        dataset {
          id
          name
        }
      }
    }
  }
`);

export const threadsDocument = graphql(`
  query Threads(
    $projectId: ID!
    $first: Int
    $after: String
    $state: ThreadState
    $runId: ID
    $evaluationId: ID
    $reconstructionId: ID
    $mentionsMe: Boolean
    $search: String
  ) {
    project(id: $projectId) {
      id
      comments(
        first: $first
        after: $after
        state: $state
        runId: $runId
        evaluationId: $evaluationId
        reconstructionId: $reconstructionId
        mentionsMe: $mentionsMe
        search: $search
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...ThreadFields
          }
        }
      }
    }
  }
`);

export const commentedImagesDocument = graphql(`
  query CommentedImages($projectId: ID!, $evaluationIds: [ID!]!) {
    project(id: $projectId) {
      id
      commentedImages(evaluationIds: $evaluationIds) {
        imageId
        open
        resolved
      }
    }
  }
`);

export const openThreadsDocument = graphql(`
  query OpenThreads($projectId: ID!) {
    project(id: $projectId) {
      id
      openThreadCount
    }
  }
`);

export const peopleDocument = graphql(`
  query PeopleToMention($projectId: ID!) {
    project(id: $projectId) {
      id
      team {
        id
        members(first: 500) {
          edges {
            node {
              user {
                id
                name
              }
            }
          }
        }
      }
    }
  }
`);

export const addCommentDocument = graphql(`
  mutation AddComment($input: AddCommentInput!) {
    addComment(input: $input) {
      __typename
      ... on AddCommentSuccess {
        comment {
          id
        }
      }
      ...ProblemFields
    }
  }
`);

export const editCommentDocument = graphql(`
  mutation EditComment($input: EditCommentInput!) {
    editComment(input: $input) {
      __typename
      ... on EditCommentSuccess {
        comment {
          ...CommentFields
        }
      }
      ...ProblemFields
    }
  }
`);

export const resolveThreadDocument = graphql(`
  mutation ResolveThread($id: ID!, $resolved: Boolean!) {
    resolveThread(id: $id, resolved: $resolved) {
      __typename
      ... on ResolveThreadSuccess {
        comment {
          ...CommentFields
        }
      }
      ...ProblemFields
    }
  }
`);

export const deleteCommentDocument = graphql(`
  mutation DeleteComment($id: ID!) {
    deleteComment(id: $id) {
      __typename
      ... on DeleteCommentSuccess {
        comment {
          id
          deletedAt
        }
      }
      ...ProblemFields
    }
  }
`);

export const restoreCommentDocument = graphql(`
  mutation RestoreComment($id: ID!) {
    restoreComment(id: $id) {
      __typename
      ... on RestoreCommentSuccess {
        comment {
          id
          deletedAt
        }
      }
      ...ProblemFields
    }
  }
`);
