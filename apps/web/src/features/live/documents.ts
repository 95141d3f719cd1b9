import { graphql } from '#web/graphql/generated/gql.ts';

export const newestModelDocument = graphql(`
  query NewestModel($projectId: ID!) {
    project(id: $projectId) {
      id
      evaluations(first: 1, state: [succeeded]) {
        edges {
          node {
            id
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
