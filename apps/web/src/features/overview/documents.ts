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
              finishedAt
              metrics
              thresholds
            }
          }
        }
      }
      activity(first: 12) {
        at
        kind
        sentence
        link
      }
    }
  }
`);

export const worstMissesDocument = graphql(`
  query WorstMisses($id: ID!) {
    evaluation(id: $id) {
      id
      reconstructions(first: 100, sort: scoreAscending, measure: ssim) {
        edges {
          node {
            id
            image {
              id
              name
              label
              thumbnailUrl
              maskUrl
            }
            residualMaps {
              measure
              score
            }
          }
        }
      }
    }
  }
`);
