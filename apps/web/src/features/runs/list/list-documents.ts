import { graphql } from '#web/graphql/generated/gql.ts';

export const runsDocument = graphql(`
  query Runs(
    $projectId: ID!
    $first: Int!
    $after: String
    $state: [RunState!]
    $datasetId: ID
    $variantId: ID
    $kind: RunKind
    $createdById: ID
    $text: String
    $sort: RunSort
    $ascending: Boolean
  ) {
    project(id: $projectId) {
      id
      trainingRuns(
        first: $first
        after: $after
        state: $state
        datasetId: $datasetId
        variantId: $variantId
        kind: $kind
        createdById: $createdById
        text: $text
        sort: $sort
        ascending: $ascending
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            ...RunLive
            kind
            seed
            createdAt
            createdBy {
              id
              name
            }
            variant {
              id
              name
            }
            recipe {
              id
              name
              hash
            }
            experiment {
              id
              name
            }
            worker {
              id
              name
            }
            datasetVersion {
              id
              number
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

export const runChoicesDocument = graphql(`
  query RunChoices($projectId: ID!) {
    project(id: $projectId) {
      id
      datasets {
        id
        name
      }
      variants {
        id
        name
      }
      team {
        id
        members(first: 200) {
          edges {
            node {
              user {
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

export const runViewsDocument = graphql(`
  query RunViews($projectId: ID!) {
    project(id: $projectId) {
      id
      runViews(first: 500) {
        edges {
          node {
            id
            name
            query
            shared
            own
            madeBy
          }
        }
      }
    }
  }
`);

export const saveRunViewDocument = graphql(`
  mutation SaveRunView($input: SaveRunViewInput!) {
    saveRunView(input: $input) {
      __typename
      ...ProblemFields
    }
  }
`);

export const changeRunViewDocument = graphql(`
  mutation ChangeRunView($input: ChangeRunViewInput!) {
    changeRunView(input: $input) {
      __typename
      ...ProblemFields
    }
  }
`);

export const deleteRunViewDocument = graphql(`
  mutation DeleteRunView($id: ID!) {
    deleteRunView(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);

export const restoreRunViewDocument = graphql(`
  mutation RestoreRunView($id: ID!) {
    restoreRunView(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);

export const controlTrainingsDocument = graphql(`
  mutation ControlTrainings($input: ControlTrainingsInput!) {
    controlTrainings(input: $input) {
      __typename
      ... on ControlTrainingsSuccess {
        outcomes {
          id
          problem
          trainingRun {
            ...RunLive
          }
        }
      }
      ...ProblemFields
    }
  }
`);
