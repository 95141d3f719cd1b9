import { graphql } from '#web/graphql/generated/gql.ts';

export const shareLinksDocument = graphql(`
  query ShareLinks($id: ID!) {
    comparison(id: $id) {
      id
      shareLinks(first: 50) {
        edges {
          node {
            id
            createdAt
            expiresAt
            lastUsedAt
            createdBy {
              id
              name
            }
          }
        }
      }
    }
  }
`);

export const createShareLinkDocument = graphql(`
  mutation CreateShareLink($input: CreateShareLinkInput!) {
    createShareLink(input: $input) {
      __typename
      ... on CreateShareLinkSuccess {
        secret
      }
      ...ProblemFields
    }
  }
`);

export const revokeShareLinkDocument = graphql(`
  mutation RevokeShareLink($id: ID!) {
    revokeShareLink(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);

export const sharedComparisonDocument = graphql(`
  query SharedComparison($secret: String!) {
    sharedComparison(secret: $secret) {
      name
      view
      updatedAt
      expiresAt
      compared {
        ...ComparedSetFields
      }
    }
  }
`);

export const shareLivesDocument = graphql(`
  query ShareLives($secret: String!) {
    sharedComparison(secret: $secret) {
      updatedAt
    }
  }
`);
