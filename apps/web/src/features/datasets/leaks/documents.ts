import { graphql } from '#web/graphql/generated/gql.ts';

export const leaksDocument = graphql(`
  query Leaks($id: ID!, $first: Int!, $after: String) {
    dataset(id: $id) {
      id
      counts {
        split
        label
        count
      }
      leak {
        pairs
      }
      leakCheck {
        state
        distance
        sourcePattern
        finishedAt
      }
      leakPairs(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            distance
            source
            image {
              id
              name
              label
              split
              thumbnailUrl
            }
            other {
              id
              name
              label
              split
              thumbnailUrl
            }
          }
        }
      }
    }
  }
`);

export const checkLeaksDocument = graphql(`
  mutation CheckLeaks($input: CheckLeaksInput!) {
    checkLeaks(input: $input) {
      __typename
      ... on CheckLeaksSuccess {
        dataset {
          id
          leakCheck {
            state
            distance
            sourcePattern
            finishedAt
          }
        }
      }
      ...ProblemFields
    }
  }
`);
