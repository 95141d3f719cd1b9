import { graphql } from '#web/graphql/generated/gql.ts';

graphql(`
  fragment StandingFields on Standing {
    datasetId
    datasetName
    now {
      versionNumber
      variantCount
      best {
        variantId
        variantName
        mean
        spread
        seeds
        evaluationId
      }
    }
    weekAgo {
      best {
        variantId
        variantName
        mean
      }
    }
    history {
      at
      value
    }
    worstMisses(first: 6) {
      id
      name
      label
      score
      missed
      thumbnailUrl
      maskUrl
    }
  }
`);

export const projectStandingsDocument = graphql(`
  query ProjectStandings($projectId: ID!, $metric: RankingMetric!, $measure: Measure!) {
    project(id: $projectId) {
      id
      standings(metric: $metric, measure: $measure) {
        ...StandingFields
      }
    }
  }
`);

export const teamStandingsDocument = graphql(`
  query TeamStandings($teamId: ID!, $metric: RankingMetric!, $measure: Measure!) {
    node(id: $teamId) {
      __typename
      id
      ... on Team {
        name
        projects {
          id
          name
          standings(metric: $metric, measure: $measure) {
            ...StandingFields
          }
        }
      }
    }
  }
`);

export const teamWorkDocument = graphql(`
  query TeamWork($teamId: ID!) {
    node(id: $teamId) {
      __typename
      id
      ... on Team {
        trainingRuns(first: 6, state: [queued, preparing, running]) {
          totalCount
          edges {
            node {
              ...RunLive
              seed
              project {
                id
              }
              variant {
                id
                name
              }
              datasetVersion {
                id
                dataset {
                  id
                  name
                }
              }
            }
          }
        }
        activityPage(first: 15) {
          edges {
            node {
              ...ActivityFields
            }
          }
        }
      }
    }
  }
`);

graphql(`
  fragment ActivityFields on Activity {
    at
    kind
    state
    sentence
    link
    projectName
    personName
  }
`);

export const activityPageDocument = graphql(`
  query ActivityPage($projectId: ID!, $first: Int!, $after: String, $kinds: [ActivityKind!], $personId: ID) {
    project(id: $projectId) {
      id
      activityPeople {
        id
        name
      }
      activityPage(first: $first, after: $after, kinds: $kinds, personId: $personId) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...ActivityFields
          }
        }
      }
    }
  }
`);
