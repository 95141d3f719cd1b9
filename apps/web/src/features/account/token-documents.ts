import { graphql } from '#web/graphql/generated/gql.ts';

export const apiTokensDocument = graphql(`
  query ApiTokens($after: String) {
    me {
      id
      apiTokens(first: 50, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            name
            scopes
            createdAt
            expiresAt
            lastUsedAt
            team {
              id
              name
            }
          }
        }
      }
    }
  }
`);

export const createApiTokenDocument = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      __typename
      ... on CreateApiTokenSuccess {
        secret
        apiToken {
          id
          name
        }
      }
      ...ProblemFields
    }
  }
`);

export const revokeApiTokenDocument = graphql(`
  mutation RevokeApiToken($id: ID!) {
    revokeApiToken(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);
