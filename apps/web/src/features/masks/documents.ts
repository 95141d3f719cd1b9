import { graphql } from '#web/graphql/generated/gql.ts';

export const maskedImageDocument = graphql(`
  query MaskedImage($imageId: ID!, $datasetId: ID!) {
    node(id: $imageId) {
      __typename
      id
      ... on Image {
        name
        label
        split
        width
        height
        url
        maskUrl
        maskSha256
      }
    }
    dataset(id: $datasetId) {
      id
      name
      project {
        id
      }
      counts {
        split
        label
        count
      }
    }
  }
`);

export const saveMaskDocument = graphql(`
  mutation SaveMask($input: SaveMaskInput!) {
    saveMask(input: $input) {
      __typename
      ... on SaveMaskSuccess {
        image {
          id
          label
          split
          hasMask
          maskUrl
          maskSha256
        }
      }
      ...ProblemFields
    }
  }
`);
