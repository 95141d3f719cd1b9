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
      ...ProblemFields
    }
  }
`);

export const variantsDocument = graphql(`
  query Variants($projectId: ID!, $first: Int!, $archived: Boolean, $after: String) {
    project(id: $projectId) {
      id
      variantPage(first: $first, archived: $archived, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            name
            createdAt
            archivedAt
            runCount
            recipe {
              id
              name
              hash
              document
            }
          }
        }
      }
    }
  }
`);

export const variantDocument = graphql(`
  query Variant($id: ID!) {
    variant(id: $id) {
      id
      name
      archivedAt
      runCount
      project {
        id
      }
      recipe {
        id
        name
        hash
        document
      }
    }
  }
`);

export const runRecipeDocument = graphql(`
  query RunRecipe($id: ID!) {
    trainingRun(id: $id) {
      id
      seed
      project {
        id
      }
      variant {
        id
        name
      }
      recipe {
        id
        name
        hash
        document
      }
    }
  }
`);

export const saveVariantDocument = graphql(`
  mutation SaveVariant($input: SaveVariantInput!) {
    saveVariant(input: $input) {
      __typename
      ... on SaveVariantSuccess {
        variant {
          id
          name
          recipe {
            id
            name
            hash
            document
          }
        }
      }
      ...ProblemFields
    }
  }
`);

export const renameVariantDocument = graphql(`
  mutation RenameVariant($input: RenameVariantInput!) {
    renameVariant(input: $input) {
      __typename
      ... on RenameVariantSuccess {
        variant {
          id
          name
        }
      }
      ...ProblemFields
    }
  }
`);

export const archiveVariantDocument = graphql(`
  mutation ArchiveVariant($input: ArchiveVariantInput!) {
    archiveVariant(input: $input) {
      __typename
      ... on ArchiveVariantSuccess {
        variant {
          id
          archivedAt
        }
      }
      ...ProblemFields
    }
  }
`);

export const deleteVariantDocument = graphql(`
  mutation DeleteVariant($id: ID!) {
    deleteVariant(id: $id) {
      __typename
      ... on DeleteVariantSuccess {
        id
      }
      ...ProblemFields
    }
  }
`);

/** What a recipe can be begun from or compared with, besides the catalogue. */
export const recipeSourcesDocument = graphql(`
  query RecipeSources($projectId: ID!) {
    project(id: $projectId) {
      id
      variantPage(first: 100) {
        edges {
          node {
            id
            name
          }
        }
      }
      trainingRuns(first: 30, state: [succeeded]) {
        edges {
          node {
            id
            seed
            finishedAt
            variant {
              id
              name
            }
          }
        }
      }
    }
  }
`);

export const previewDatasetsDocument = graphql(`
  query PreviewDatasets($projectId: ID!) {
    project(id: $projectId) {
      id
      datasets {
        id
        name
        imageCount
      }
    }
  }
`);

export const previewImagesDocument = graphql(`
  query PreviewImages($datasetId: ID!) {
    dataset(id: $datasetId) {
      id
      train: images(first: 40, split: train) {
        edges {
          node {
            id
            name
            label
            sha256
            url
            thumbnailUrl
            maskUrl
          }
        }
      }
      test: images(first: 60, split: test) {
        edges {
          node {
            id
            name
            label
            sha256
            url
            thumbnailUrl
            maskUrl
          }
        }
      }
    }
  }
`);
