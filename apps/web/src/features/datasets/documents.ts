import { graphql } from '#web/graphql/generated/gql.ts';

export const datasetsDocument = graphql(`
  query Datasets($projectId: ID!) {
    project(id: $projectId) {
      id
      datasets {
        id
        name
        createdAt
        imageCount
        goodCount
        defectiveCount
        maskCount
        sizes {
          width
          height
          count
        }
        versions {
          id
          number
        }
        images(first: 6) {
          edges {
            node {
              id
              name
              thumbnailUrl
            }
          }
        }
      }
    }
  }
`);

export const datasetDocument = graphql(`
  query Dataset($id: ID!) {
    dataset(id: $id) {
      id
      name
      createdAt
      imageCount
      goodCount
      defectiveCount
      maskCount
      counts {
        split
        label
        count
      }
      sizes {
        width
        height
        count
      }
      versions {
        id
        number
        imageCount
        contentHash
        createdAt
      }
      leak {
        sentence
        pairs
      }
      project {
        id
      }
      imports(first: 5) {
        id
        state
        source
        total
        done
        accepted
        refused
        duplicates
        ignored
        reason
        createdAt
        finishedAt
      }
    }
  }
`);

export const datasetImagesDocument = graphql(`
  query DatasetImages($id: ID!, $first: Int!, $skip: Int, $split: Split, $label: String, $deleted: Boolean) {
    dataset(id: $id) {
      id
      images(first: $first, skip: $skip, split: $split, label: $label, deleted: $deleted) {
        totalCount
        edges {
          node {
            id
            name
            label
            split
            thumbnailUrl
            maskUrl
          }
        }
      }
    }
  }
`);

export const imagePlaceDocument = graphql(`
  query ImagePlace($id: ID!, $image: ID!, $split: Split, $label: String) {
    dataset(id: $id) {
      id
      imagePlace(image: $image, split: $split, label: $label)
    }
  }
`);

export const imageDocument = graphql(`
  query ImageFacts($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Image {
        name
        split
        label
        width
        height
        channels
        bitDepth
        bytes
        format
        sha256
        hasMask
        deletedAt
        versionNumbers
        url
        maskUrl
      }
    }
  }
`);

export const createDatasetDocument = graphql(`
  mutation CreateDataset($input: CreateDatasetInput!) {
    createDataset(input: $input) {
      __typename
      ... on CreateDatasetSuccess {
        dataset {
          id
          name
        }
      }
      ...ProblemFields
    }
  }
`);

export const renameDatasetDocument = graphql(`
  mutation RenameDataset($input: RenameDatasetInput!) {
    renameDataset(input: $input) {
      __typename
      ... on RenameDatasetSuccess {
        dataset {
          id
          name
        }
      }
      ...ProblemFields
    }
  }
`);

export const deleteDatasetDocument = graphql(`
  mutation DeleteDataset($input: DeleteDatasetInput!) {
    deleteDataset(input: $input) {
      __typename
      ...ProblemFields
    }
  }
`);

export const startImportDocument = graphql(`
  mutation StartImport($input: StartImportInput!) {
    startImport(input: $input) {
      __typename
      ... on StartImportSuccess {
        import {
          id
          state
        }
      }
      ...ProblemFields
    }
  }
`);

export const importDocument = graphql(`
  query Import($id: ID!, $first: Int!, $after: String, $verdict: [Verdict!]) {
    node(id: $id) {
      __typename
      id
      ... on DatasetImport {
        state
        source
        total
        done
        accepted
        refused
        duplicates
        ignored
        reason
        createdAt
        finishedAt
        verdicts(first: $first, after: $after, verdict: $verdict) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            cursor
            node {
              path
              verdict
              reason
            }
          }
        }
      }
    }
  }
`);

export const importChangedDocument = graphql(`
  subscription ImportChanged($id: ID!) {
    importChanged(id: $id) {
      id
      state
      total
      done
      accepted
      refused
      duplicates
      ignored
      reason
      finishedAt
    }
  }
`);

export const datasetReferencesDocument = graphql(`
  query DatasetReferences($id: ID!) {
    dataset(id: $id) {
      id
      references {
        versions
        runs
        evaluations
      }
    }
  }
`);

export const deletedDatasetsDocument = graphql(`
  query DeletedDatasets($projectId: ID!) {
    project(id: $projectId) {
      id
      deletedDatasets {
        id
        name
        imageCount
        deletedAt
      }
    }
  }
`);

export const restoreDatasetDocument = graphql(`
  mutation RestoreDataset($id: ID!) {
    restoreDataset(id: $id) {
      __typename
      ... on RestoreDatasetSuccess {
        dataset {
          id
          name
        }
      }
      ...ProblemFields
    }
  }
`);
