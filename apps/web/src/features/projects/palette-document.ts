import { graphql } from '#web/graphql/generated/gql.ts';

export const paletteDocument = graphql(`
  query Palette($projectId: ID!) {
    project(id: $projectId) {
      id
      datasets {
        id
        name
      }
      experiments(first: 20) {
        edges {
          node {
            id
            name
            state
          }
        }
      }
      trainingRuns(first: 30) {
        edges {
          node {
            id
            seed
            state
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
      }
    }
  }
`);
