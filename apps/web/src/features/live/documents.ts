import { graphql } from '#web/graphql/generated/gql.ts';

export const liveModelsDocument = graphql(`
  query LiveModels($projectId: ID!) {
    project(id: $projectId) {
      id
      evaluations(first: 100, state: [succeeded]) {
        totalCount
        edges {
          node {
            id
            createdAt
            protocolHash
            checkpoint {
              id
              kind
              epoch
            }
            run {
              id
              seed
              variant {
                id
                name
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
      }
    }
  }
`);

export const liveModelDocument = graphql(`
  query LiveModel($id: ID!) {
    evaluation(id: $id) {
      id
      state
      protocol
      thresholds
      metrics
      checkpoint {
        id
        kind
        epoch
        files {
          name
          url
          sha256
          bytes
        }
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
