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
      activeEvaluations
      trainingRuns(first: 1, state: [queued, preparing, running]) {
        totalCount
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
      ...ProblemFields
    }
  }
`);
