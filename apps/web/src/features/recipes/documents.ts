import { graphql } from '#web/graphql/generated/gql.ts';

export const catalogueDocument = graphql(`
  query RecipeCatalogue {
    recipeCatalogue {
      name
      summary
      document
      hash
    }
  }
`);

export const resolveRecipeDocument = graphql(`
  query ResolveRecipe($base: String!, $sets: [String!]) {
    resolveRecipe(base: $base, sets: $sets) {
      __typename
      ... on RecipePreview {
        document
        hash
        parameters
      }
      ... on InvalidInput {
        message
        issues {
          path
          message
        }
      }
    }
  }
`);
