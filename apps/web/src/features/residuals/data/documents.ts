import { graphql } from '#web/graphql/generated/gql.ts';

/** One page of an evaluation's images with what the grid and the opened image need. */
export const evaluationImagesDocument = graphql(`
  query EvaluationImages($id: ID!, $first: Int!, $after: String, $measure: Measure!) {
    evaluation(id: $id) {
      id
      reconstructions(first: $first, after: $after, sort: scoreDescending, measure: $measure) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            networkWidth
            networkHeight
            inputUrl
            reconstructionUrl
            maskUrl
            name
            label
            image {
              id
              width
              height
            }
            residualMaps {
              measure
              score
              minimum
              maximum
              mean
              p99
              tiffUrl
            }
          }
        }
      }
    }
  }
`);
