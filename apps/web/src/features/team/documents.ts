import { graphql } from '#web/graphql/generated/gql.ts';

export const membersDocument = graphql(`
  query Members($teamId: ID!, $after: String) {
    node(id: $teamId) {
      __typename
      ... on Team {
        id
        name
        members(first: 100, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              role
              joinedAt
              user {
                id
                name
                email
              }
            }
          }
        }
      }
    }
  }
`);

export const invitationsDocument = graphql(`
  query Invitations($teamId: ID!) {
    node(id: $teamId) {
      __typename
      ... on Team {
        id
        invitations(first: 200) {
          edges {
            node {
              id
              role
              email
              createdAt
              expiresAt
              createdBy {
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

export const auditEventsDocument = graphql(`
  query AuditEvents($teamId: ID!, $area: AuditArea, $actorId: ID, $after: String) {
    node(id: $teamId) {
      __typename
      ... on Team {
        id
        auditEvents(first: 50, area: $area, actorId: $actorId, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              at
              sentence
              area
            }
          }
        }
      }
    }
  }
`);

export const createTeamDocument = graphql(`
  mutation CreateTeam($input: CreateTeamInput!) {
    createTeam(input: $input) {
      __typename
      ... on CreateTeamSuccess {
        team {
          id
        }
      }
      ...ProblemFields
    }
  }
`);

export const renameTeamDocument = graphql(`
  mutation RenameTeam($input: RenameTeamInput!) {
    renameTeam(input: $input) {
      __typename
      ... on RenameTeamSuccess {
        team {
          id
          name
        }
      }
      ...ProblemFields
    }
  }
`);

export const leaveTeamDocument = graphql(`
  mutation LeaveTeam($id: ID!) {
    leaveTeam(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);

export const changeMemberRoleDocument = graphql(`
  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {
    changeMemberRole(input: $input) {
      __typename
      ...ProblemFields
    }
  }
`);

export const removeMemberDocument = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      __typename
      ...ProblemFields
    }
  }
`);

export const createInvitationDocument = graphql(`
  mutation CreateInvitation($input: CreateInvitationInput!) {
    createInvitation(input: $input) {
      __typename
      ... on CreateInvitationSuccess {
        secret
      }
      ...ProblemFields
    }
  }
`);

export const revokeInvitationDocument = graphql(`
  mutation RevokeInvitation($id: ID!) {
    revokeInvitation(id: $id) {
      __typename
      ...ProblemFields
    }
  }
`);
