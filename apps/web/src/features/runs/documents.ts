import { graphql } from '#web/graphql/generated/gql.ts';

// What every view of a run shows; named in the documents below.
graphql(`
  fragment RunLive on TrainingRun {
    id
    state
    attempt
    epoch
    epochs
    progress
    imagesPerSecond
    secondsLeft
    trainLoss
    validationLoss
    dataVariance
    phase
    warning
    reason
    startedAt
    finishedAt
    cancelRequested
    pauseRequested
    priority
  }
`);

export const runDatasetsDocument = graphql(`
  query RunDatasets($projectId: ID!) {
    project(id: $projectId) {
      id
      datasets {
        id
        name
        imageCount
        counts {
          split
          label
          count
        }
      }
    }
  }
`);

export const runDocument = graphql(`
  query Run($id: ID!) {
    trainingRun(id: $id) {
      ...RunLive
      kind
      seed
      engine
      createdAt
      createdBy {
        id
        name
      }
      project {
        id
      }
      experiment {
        id
        name
      }
      orientationRun {
        id
        state
      }
      continues {
        id
      }
      variant {
        id
        name
      }
      recipe {
        id
        name
        hash
        document
      }
      datasetVersion {
        id
        number
        imageCount
        dataset {
          id
          name
        }
      }
      worker {
        id
        name
      }
      previews {
        epoch
        imageId
        url
      }
      checkpoints {
        id
        kind
        epoch
        createdAt
      }
      evaluations {
        id
        state
        done
        total
        reason
        createdAt
      }
    }
  }
`);

export const runCurveDocument = graphql(`
  query RunCurve($id: ID!) {
    trainingRun(id: $id) {
      id
      curve {
        series
        step
        epoch
        value
      }
    }
  }
`);

export const runChangedDocument = graphql(`
  subscription RunChanged($id: ID!) {
    trainingRunChanged(id: $id) {
      run {
        ...RunLive
        engine
        worker {
          id
          name
        }
        checkpoints {
          id
          kind
          epoch
          createdAt
        }
        evaluations {
          id
          state
          done
          total
          reason
          createdAt
        }
      }
      points {
        series
        step
        epoch
        value
      }
      previews {
        epoch
        imageId
        url
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
      ...ProblemFields
    }
  }
`);

export const runDetailsDocument = graphql(`
  query RunDetails($id: ID!, $log: Int!) {
    trainingRun(id: $id) {
      id
      logLines(first: $log) {
        number
        at
        attempt
        text
      }
      vitals {
        at
        memory
        imagesPerSecond
      }
      orientations {
        epoch
        counts
      }
    }
  }
`);

export const runDetailsChangedDocument = graphql(`
  subscription RunDetailsChanged($id: ID!) {
    trainingRunChanged(id: $id) {
      logLines {
        number
        at
        attempt
        text
      }
      vitals {
        at
        memory
        imagesPerSecond
      }
      orientations {
        epoch
        counts
      }
    }
  }
`);
