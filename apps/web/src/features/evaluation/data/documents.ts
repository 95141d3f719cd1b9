import { graphql } from '#web/graphql/generated/gql.ts';

export const evaluationDocument = graphql(`
  query EvaluationPage($id: ID!) {
    evaluation(id: $id) {
      id
      state
      done
      total
      reason
      createdAt
      finishedAt
      protocol
      metrics
      thresholds
      curves
      checkpoint {
        id
        kind
        epoch
      }
      run {
        id
        seed
        project {
          id
        }
        variant {
          id
          name
        }
        recipe {
          id
          hash
          document
        }
      }
      datasetVersion {
        id
        number
        dataset {
          id
          name
        }
      }
    }
  }
`);

export const evaluationChangedDocument = graphql(`
  subscription EvaluationChanged($id: ID!) {
    evaluationChanged(id: $id) {
      id
      state
      done
      total
      reason
      finishedAt
      metrics
      thresholds
      curves
    }
  }
`);

export const evaluationsDocument = graphql(`
  query Evaluations($projectId: ID!, $after: String) {
    project(id: $projectId) {
      id
      trainingRuns(first: 50, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            seed
            variant {
              id
              name
            }
            evaluations {
              id
              state
              done
              total
              reason
              createdAt
              metrics
              checkpoint {
                id
                kind
                epoch
              }
              datasetVersion {
                id
                number
                dataset {
                  id
                  name
                }
              }
            }
          }
        }
      }
    }
  }
`);

export const startEvaluationDocument = graphql(`
  mutation StartEvaluation($checkpointId: ID!) {
    startEvaluation(checkpointId: $checkpointId) {
      __typename
      ... on StartEvaluationSuccess {
        evaluation {
          id
        }
      }
      ... on InvalidInput {
        message
      }
      ... on NotAllowed {
        message
      }
      ... on NotFound {
        message
      }
    }
  }
`);
