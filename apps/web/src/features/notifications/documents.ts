import { graphql } from '#web/graphql/generated/gql.ts';

export const notificationsDocument = graphql(`
  query Notifications($after: String) {
    notifications(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          kind
          sentence
          link
          createdAt
          read
        }
      }
    }
  }
`);

export const notificationsChangedDocument = graphql(`
  subscription NotificationsChanged {
    notificationsChanged {
      unreadCount
    }
  }
`);

export const unreadDocument = graphql(`
  query UnreadNotifications {
    unreadNotificationCount
  }
`);

export const markNotificationsDocument = graphql(`
  mutation MarkNotifications($ids: [ID!], $read: Boolean!) {
    markNotifications(ids: $ids, read: $read) {
      __typename
      ... on MarkNotificationsSuccess {
        unreadCount
      }
      ...ProblemFields
    }
  }
`);
