import { graphql } from '#web/graphql/generated/gql.ts';

export const projectChangedDocument = graphql(`
  subscription ProjectChanged($projectId: ID!) {
    projectChanged(projectId: $projectId) {
      kind
      id
    }
  }
`);

export const runningDocument = graphql(`
  query Running($projectId: ID!) {
    project(id: $projectId) {
      id
      trainingRuns(first: 5, state: [queued, preparing, running]) {
        totalCount
        edges {
          node {
            id
            state
            progress
            secondsLeft
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

export const createProjectDocument = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      __typename
      ... on CreateProjectSuccess {
        project {
          id
          name
        }
      }
      ... on InvalidInput {
        message
        issues {
          path
          message
        }
      }
      ... on NotAllowed {
        message
      }
      ... on NotFound {
        message
      }
    }
  }
`);
