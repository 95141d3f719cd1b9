import { graphql } from '#web/graphql/generated/gql.ts';

export const evaluationsDocument = graphql(`
  query Evaluations(
    $projectId: ID!
    $first: Int!
    $after: String
    $datasetId: ID
    $variantId: ID
    $protocolHash: String
    $sort: EvaluationSort
    $measure: Measure
  ) {
    project(id: $projectId) {
      id
      evaluations(
        first: $first
        after: $after
        datasetId: $datasetId
        variantId: $variantId
        protocolHash: $protocolHash
        sort: $sort
        measure: $measure
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...EvaluationNames
            state
            done
            total
            reason
            metrics
            imagesUrl
            protocolHash
          }
        }
      }
    }
  }
`);

export const evaluationFiltersDocument = graphql(`
  query EvaluationFilters($projectId: ID!) {
    project(id: $projectId) {
      id
      datasets {
        id
        name
      }
      variants {
        id
        name
      }
      protocols {
        hash
        protocol
        evaluationCount
      }
    }
  }
`);

export const evaluationChoicesDocument = graphql(`
  query EvaluationChoices($projectId: ID!) {
    project(id: $projectId) {
      id
      trainingRuns(first: 200, state: [succeeded]) {
        edges {
          node {
            id
            seed
            finishedAt
            variant {
              id
              name
            }
            recipe {
              id
              document
            }
            datasetVersion {
              id
              number
              dataset {
                id
                name
              }
            }
            checkpoints {
              id
              kind
              epoch
            }
          }
        }
      }
      datasets {
        id
        name
        versions {
          id
          number
          imageCount
          createdAt
        }
      }
    }
  }
`);

export const newEvaluationDocument = graphql(`
  mutation NewEvaluation($checkpointId: ID!, $datasetVersionId: ID, $split: Split, $sets: [String!]) {
    startEvaluation(checkpointId: $checkpointId, datasetVersionId: $datasetVersionId, split: $split, sets: $sets) {
      __typename
      ... on StartEvaluationSuccess {
        evaluation {
          id
          state
        }
      }
      ...ProblemFields
    }
  }
`);

export const retryEvaluationDocument = graphql(`
  mutation RetryEvaluation($id: ID!) {
    retryEvaluation(id: $id) {
      __typename
      ... on StartEvaluationSuccess {
        evaluation {
          id
        }
      }
      ...ProblemFields
    }
  }
`);

export const cancelEvaluationDocument = graphql(`
  mutation CancelEvaluation($id: ID!) {
    cancelEvaluation(id: $id) {
      __typename
      ... on CancelEvaluationSuccess {
        evaluation {
          id
          state
          reason
          cancelRequested
        }
      }
      ...ProblemFields
    }
  }
`);

export const deleteEvaluationDocument = graphql(`
  mutation DeleteEvaluation($id: ID!) {
    deleteEvaluation(id: $id) {
      __typename
      ... on DeleteEvaluationSuccess {
        id
      }
      ...ProblemFields
    }
  }
`);
