import { graphql } from '#web/graphql/generated/gql.ts';

/** The angle each patch of an image was turned by: too many to come with every image, so they are asked for when one is opened. */
export const orientationsDocument = graphql(`
  query PatchOrientations($id: ID!) {
    reconstruction(id: $id) {
      id
      orientations
    }
  }
`);
