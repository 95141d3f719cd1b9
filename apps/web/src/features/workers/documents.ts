import { graphql } from '#web/graphql/generated/gql.ts';

// What the page shows, asked for once and then told live.
graphql(`
  fragment WorkerLive on Worker {
    id
    name
    engine
    machine
    startedAt
    heartbeatAt
    alive
    drainingSince
    running {
      id
      state
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
    evaluating {
      id
      done
      total
      run {
        id
        project {
          id
        }
        variant {
          id
          name
        }
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
`);

graphql(`
  fragment LaneLive on QueueLane {
    name
    waiting
    later
    active
  }
`);

export const workersDocument = graphql(`
  query Workers {
    workers {
      ...WorkerLive
    }
    queueLanes {
      ...LaneLive
    }
  }
`);

export const workersChangedDocument = graphql(`
  subscription WorkersChanged {
    workersChanged {
      workers {
        ...WorkerLive
      }
      lanes {
        ...LaneLive
      }
    }
  }
`);

export const drainWorkerDocument = graphql(`
  mutation DrainWorker($id: ID!, $draining: Boolean!) {
    drainWorker(id: $id, draining: $draining) {
      __typename
      ... on DrainWorkerSuccess {
        worker {
          id
          drainingSince
        }
      }
      ...ProblemFields
    }
  }
`);
