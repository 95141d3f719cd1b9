import { graphql } from '#web/graphql/generated/gql.ts';

// What every view of an experiment, and of a run in it, shows; named in the documents below.
graphql(`
  fragment ExperimentLive on Experiment {
    id
    name
    state
    priority
    seeds
    progress
    runCount
    runCounts {
      state
      count
    }
    evaluatedCount
    variantNames
    datasetNames
    createdAt
    startedAt
    finishedAt
    createdBy {
      id
      name
    }
  }
`);

graphql(`
  fragment ExperimentRun on TrainingRun {
    ...RunLive
    kind
    seed
    createdAt
    variant {
      id
      name
    }
    recipe {
      id
      name
      hash
    }
    datasetVersion {
      id
      number
      dataset {
        id
        name
      }
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
      metrics
      createdBy {
        id
      }
    }
  }
`);

export const experimentsDocument = graphql(`
  query Experiments($projectId: ID!, $first: Int!, $after: String) {
    project(id: $projectId) {
      id
      experiments(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            ...ExperimentLive
          }
        }
      }
    }
  }
`);

export const experimentDocument = graphql(`
  query Experiment($id: ID!) {
    experiment(id: $id) {
      ...ExperimentLive
      project {
        id
      }
      trainingRuns(first: 500) {
        totalCount
        edges {
          node {
            ...ExperimentRun
          }
        }
      }
    }
  }
`);

export const experimentCurvesDocument = graphql(`
  query ExperimentCurves($id: ID!) {
    experiment(id: $id) {
      id
      trainingRuns(first: 500) {
        edges {
          node {
            id
            curve(perEpoch: true) {
              series
              epoch
              value
            }
          }
        }
      }
    }
  }
`);

export const runPreviewsDocument = graphql(`
  query RunPreviews($id: ID!) {
    trainingRun(id: $id) {
      id
      previews {
        epoch
        imageId
        url
      }
    }
  }
`);

export const experimentChangedDocument = graphql(`
  subscription ExperimentChanged($id: ID!) {
    experimentChanged(id: $id) {
      ...ExperimentLive
    }
  }
`);

export const controlExperimentDocument = graphql(`
  mutation ControlExperiment($id: ID!, $act: ExperimentAct!) {
    controlExperiment(id: $id, act: $act) {
      __typename
      ... on ControlExperimentSuccess {
        runs
        experiment {
          ...ExperimentLive
        }
      }
      ...ProblemFields
    }
  }
`);

export const setExperimentPriorityDocument = graphql(`
  mutation SetExperimentPriority($id: ID!, $priority: Int!) {
    setExperimentPriority(id: $id, priority: $priority) {
      __typename
      ... on CreateExperimentSuccess {
        experiment {
          ...ExperimentLive
        }
      }
      ...ProblemFields
    }
  }
`);
