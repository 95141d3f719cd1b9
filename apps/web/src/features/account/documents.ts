import { graphql } from '#web/graphql/generated/gql.ts';

export const viewerDocument = graphql(`
  query Viewer {
    me {
      id
      name
      email
      teams {
        role
        team {
          id
          name
          projects {
            id
            name
            sample
          }
        }
      }
    }
  }
`);

export const setupDocument = graphql(`
  query Setup($token: String!) {
    setup {
      needsOwner
      welcomes(token: $token)
    }
  }
`);

export const createFirstOwnerDocument = graphql(`
  mutation CreateFirstOwner($input: CreateFirstOwnerInput!) {
    createFirstOwner(input: $input) {
      __typename
      ...ProblemFields
    }
  }
`);

export const sessionsDocument = graphql(`
  query Sessions {
    me {
      id
      sessions {
        id
        userAgent
        createdAt
        lastSeenAt
        current
      }
    }
  }
`);

export const revokeSessionDocument = graphql(`
  mutation RevokeSession($id: ID!) {
    revokeSession(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);

export const waysToSignInDocument = graphql(`
  query WaysToSignIn {
    me {
      id
      hasPassword
      identities {
        id
        issuer
        email
        createdAt
        lastUsedAt
      }
    }
  }
`);

export const unlinkIdentityDocument = graphql(`
  mutation UnlinkIdentity($id: ID!) {
    unlinkIdentity(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);

export const changePasswordDocument = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      __typename
      ...ProblemFields
    }
  }
`);
