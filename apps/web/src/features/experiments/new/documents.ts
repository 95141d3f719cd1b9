import { graphql } from '#web/graphql/generated/gql.ts';

export const plannableDocument = graphql(`
  query Plannable($projectId: ID!) {
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
      variants {
        id
        name
        recipe {
          id
          name
          hash
          document
        }
      }
    }
  }
`);

export const experimentEstimateDocument = graphql(`
  query ExperimentEstimate($input: ExperimentPlanInput!) {
    experimentEstimate(input: $input) {
      __typename
      ... on ExperimentEstimate {
        runs
        orientationRuns
        seconds
        workers
        variants {
          name
          basis
          seconds
          imagesPerSecond
        }
      }
      ...ProblemFields
    }
  }
`);

export const createExperimentDocument = graphql(`
  mutation CreateExperiment($input: CreateExperimentInput!) {
    createExperiment(input: $input) {
      __typename
      ... on CreateExperimentSuccess {
        experiment {
          id
        }
      }
      ...ProblemFields
    }
  }
`);
