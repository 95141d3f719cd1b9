import { graphql } from '#web/graphql/generated/gql.ts';

export const invitationOfferDocument = graphql(`
  query InvitationOffer($secret: String!) {
    invitationOffer(secret: $secret) {
      teamName
      role
      email
      expiresAt
      invitedBy
    }
  }
`);

export const invitationTicketDocument = graphql(`
  query InvitationTicket($secret: String!) {
    invitationOffer(secret: $secret) {
      ticket
    }
  }
`);

export const acceptInvitationDocument = graphql(`
  mutation AcceptInvitation($secret: String!) {
    acceptInvitation(secret: $secret) {
      __typename
      ... on AcceptInvitationSuccess {
        team {
          id
          projects {
            id
          }
        }
      }
      ...ProblemFields
    }
  }
`);

export const createAccountDocument = graphql(`
  mutation CreateAccount($input: CreateAccountInput!) {
    createAccount(input: $input) {
      __typename
      ...ProblemFields
    }
  }
`);
