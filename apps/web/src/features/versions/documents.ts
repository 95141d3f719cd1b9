import { graphql } from '#web/graphql/generated/gql.ts';

export const versionsDocument = graphql(`
  query DatasetVersions($datasetId: ID!, $first: Int!, $after: String) {
    dataset(id: $datasetId) {
      id
      name
      project {
        id
      }
      versionPage(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            number
            createdAt
            contentHash
            imageCount
            maskCount
            runCount
            counts {
              split
              label
              count
            }
          }
        }
      }
    }
  }
`);

export const differenceDocument = graphql(`
  query DatasetDifference($datasetId: ID!, $from: ID!, $to: ID, $kind: ImageChangeKind, $after: String) {
    dataset(id: $datasetId) {
      id
      difference(from: $from, to: $to) {
        from {
          id
          number
        }
        to {
          id
          number
        }
        counts {
          added
          removed
          moved
          relabelled
          masked
          renamed
          unchanged
        }
        changes(first: 60, after: $after, kind: $kind) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              thumbnailUrl
              kinds
              before {
                split
                label
                name
                maskUrl
              }
              after {
                split
                label
                name
                maskUrl
              }
            }
          }
        }
      }
    }
  }
`);
