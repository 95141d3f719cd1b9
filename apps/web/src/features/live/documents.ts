import { graphql } from '#web/graphql/generated/gql.ts';

export const liveModelsDocument = graphql(`
  query LiveModels($projectId: ID!) {
    project(id: $projectId) {
      id
      evaluations(first: 100, state: [succeeded]) {
        edges {
          node {
            ...EvaluationNames
            protocolHash
          }
        }
      }
    }
  }
`);

export const liveModelDocument = graphql(`
  query LiveModel($id: ID!) {
    evaluation(id: $id) {
      ...EvaluationNames
      state
      thresholds
      metrics
      checkpoint {
        ...ModelFiles
      }
      run {
        project {
          id
        }
        recipe {
          id
          document
        }
      }
    }
  }
`);
