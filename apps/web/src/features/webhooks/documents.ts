import { graphql } from '#web/graphql/generated/gql.ts';

export const webhooksDocument = graphql(`
  query Webhooks($teamId: ID!, $after: String) {
    node(id: $teamId) {
      __typename
      ... on Team {
        id
        webhooks(first: 50, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              url
              events
              enabled
              disabledReason
              failingSince
              createdAt
              createdBy {
                id
                name
              }
              project {
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

export const deliveriesDocument = graphql(`
  query WebhookDeliveries($id: ID!, $after: String) {
    webhook(id: $id) {
      id
      enabled
      disabledReason
      failingSince
      deliveries(first: 20, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            event
            state
            createdAt
            dueAt
            body
            attempts {
              number
              at
              status
              milliseconds
              problem
            }
          }
        }
      }
    }
  }
`);

export const createWebhookDocument = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) {
      __typename
      ... on CreateWebhookSuccess {
        secret
      }
      ...ProblemFields
    }
  }
`);

export const changeWebhookDocument = graphql(`
  mutation ChangeWebhook($input: ChangeWebhookInput!) {
    changeWebhook(input: $input) {
      __typename
      ... on ChangeWebhookSuccess {
        webhook {
          id
          url
          events
          enabled
          disabledReason
          failingSince
        }
      }
      ...ProblemFields
    }
  }
`);

export const deleteWebhookDocument = graphql(`
  mutation DeleteWebhook($id: ID!) {
    deleteWebhook(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);

export const testWebhookDocument = graphql(`
  mutation TestWebhook($id: ID!) {
    testWebhook(id: $id) {
      __typename
      ... on TestWebhookSuccess {
        delivery {
          id
        }
      }
      ...ProblemFields
    }
  }
`);
