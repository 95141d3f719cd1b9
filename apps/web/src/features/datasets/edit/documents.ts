import { graphql } from '#web/graphql/generated/gql.ts';

graphql(`
  fragment ImageEditEffectFields on ImageEditEffect {
    changed
    moved
    relabelled
    deleted
    restored
    masksDropped
    renamed
    renameExample
    stay
    counts {
      split
      label
      count
    }
  }
`);

export const imageEditPreviewDocument = graphql(`
  query ImageEditPreview($input: EditImagesInput!) {
    imageEditPreview(input: $input) {
      __typename
      ... on PreviewImageEditSuccess {
        effect {
          ...ImageEditEffectFields
        }
      }
      ...ProblemFields
    }
  }
`);

export const editImagesDocument = graphql(`
  mutation EditImages($input: EditImagesInput!) {
    editImages(input: $input) {
      __typename
      ... on EditImagesSuccess {
        editId
        effect {
          ...ImageEditEffectFields
        }
      }
      ...ProblemFields
    }
  }
`);

export const undoImageEditDocument = graphql(`
  mutation UndoImageEdit($editId: ID!) {
    undoImageEdit(editId: $editId) {
      __typename
      ...ProblemFields
    }
  }
`);
