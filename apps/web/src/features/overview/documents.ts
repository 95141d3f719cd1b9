import { graphql } from '#web/graphql/generated/gql.ts';

export const overviewDocument = graphql(`
  query Overview($projectId: ID!) {
    project(id: $projectId) {
      id
      sample
      datasets {
        id
        name
        imageCount
        defectiveCount
        images(first: 1) {
          edges {
            node {
              id
              thumbnailUrl
            }
          }
        }
      }
      running: trainingRuns(first: 6, state: [queued, preparing, running]) {
        edges {
          node {
            ...RunLive
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
      }
      finished: trainingRuns(first: 6, state: [succeeded]) {
        totalCount
        edges {
          node {
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
            evaluations {
              id
              state
              done
              total
              createdAt
            }
          }
        }
      }
      activity(first: 12) {
        ...ActivityFields
      }
    }
  }
`);
