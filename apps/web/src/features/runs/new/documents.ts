import { graphql } from '#web/graphql/generated/gql.ts';

export const startTrainingDocument = graphql(`
  mutation StartTraining($input: StartTrainingInput!) {
    startTraining(input: $input) {
      __typename
      ... on StartTrainingSuccess {
        trainingRun {
          id
        }
      }
      ...ProblemFields
    }
  }
`);

export const recentSpeedDocument = graphql(`
  query RecentSpeed($projectId: ID!) {
    project(id: $projectId) {
      id
      trainingRuns(first: 5, state: [succeeded, running]) {
        edges {
          node {
            id
            imagesPerSecond
          }
        }
      }
    }
  }
`);
