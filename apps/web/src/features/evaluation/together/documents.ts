import { graphql } from '#web/graphql/generated/gql.ts';

/** What tells one evaluation from another, and what its maps are made with. */
export const togetherDocument = graphql(`
  query EvaluationsTogether($projectId: ID!, $ids: [ID!]!) {
    project(id: $projectId) {
      id
      evaluations(first: 8, ids: $ids) {
        edges {
          node {
            ...EvaluationNames
            state
            imagesUrl
            thresholds
            metrics
            run {
              recipe {
                id
                document
              }
            }
          }
        }
      }
    }
  }
`);

/** What can be taken in. */
export const finishedEvaluationsDocument = graphql(`
  query FinishedEvaluations($projectId: ID!, $after: String) {
    project(id: $projectId) {
      id
      evaluations(first: 100, after: $after, state: [succeeded]) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...EvaluationNames
          }
        }
      }
    }
  }
`);
