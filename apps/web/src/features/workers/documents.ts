import { graphql } from '#web/graphql/generated/gql.ts';

export const workersDocument = graphql(`
  query Workers {
    workers {
      id
      name
      engine
      startedAt
      heartbeatAt
      alive
      queueDepth
      running {
        id
        progress
        imagesPerSecond
        secondsLeft
        project {
          id
        }
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
`);
