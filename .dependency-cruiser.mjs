/** The one-way flow of the house (ARCHITECTURE.md), as errors. */

const mlFloors = [
  ['geometry', 'recipes', 'random', 'engine', 'figures'],
  ['similarity', 'metrics', 'images', 'run', 'transformer', 'augmentation'],
  ['residuals', 'models', 'datasets', 'statistics', 'preview'],
  ['reconstruction', 'experiment', 'losses'],
  ['training'],
  ['evaluation'],
];

/** A room imports only rooms of floors below it; rooms of one floor do not know each other, and a room that is on no floor is nobody's to import. */
const floorRules = mlFloors.map((floor, index) => ({
  name: `ml-floor-${index + 1}-looks-down-only`,
  severity: 'error',
  from: { path: `^packages/ml/src/(${floor.join('|')})/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^packages/ml/src/[^/]+/', pathNot: `^packages/ml/src/(${['$1', ...mlFloors.slice(0, index).flat()].join('|')})/` },
}));

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    {
      name: 'packages-never-import-apps',
      severity: 'error',
      from: { path: '^(packages|prisma|samples)/' },
      to: { path: '^(apps|scripts|e2e)/' },
    },
    {
      name: 'apps-do-not-import-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'ml-knows-no-database-queue-or-storage',
      severity: 'error',
      from: { path: '^packages/ml/' },
      to: { path: '^(prisma|packages/(jobs|storage|postgres))/|node_modules/(pg|pg-boss|@prisma|express)/' },
    },
    {
      name: 'ml-takes-the-engine-as-an-argument',
      comment: 'Only tests and benchmarks open an engine; the library uses its types.',
      severity: 'error',
      from: { path: '^packages/ml/src/', pathNot: '\\.test\\.ts$|/testing/' },
      to: { path: '^packages/tensorflow/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-reaches-data-by-graphql-alone',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: {
        path: '^(prisma|packages/(jobs|storage|postgres|tensorflow))/|node_modules/(pg|pg-boss|@prisma)/',
        // What makes the WebAssembly backend right, and tells whether an engine computes right: tfjs alone.
        pathNot: '^packages/tensorflow/src/(wasm/repair-backend|probe/probe)[.]ts',
      },
    },
    {
      name: 'web-uses-only-the-browser-safe-rooms-of-ml',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: {
        path: '^packages/ml/src/',
        pathNot:
          '^packages/ml/src/(geometry|recipes|figures|similarity|residuals|metrics|transformer|statistics|experiment|augmentation|preview|reconstruction|datasets/(detect-)?layout|images/(mask-bits|float32-tiff-bytes|sniff)|models/(autoencoder|layers)[.]ts|engine/operations|run/(checkpoint|manifest)-file)',
      },
    },
    {
      name: 'browser-safe-rooms-import-no-node',
      severity: 'error',
      from: {
        path: '^packages/ml/src/(geometry|recipes|figures|similarity|residuals|metrics|transformer|statistics|experiment|augmentation|preview)/',
        pathNot: '\\.test\\.ts$',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browser-safe-rooms-import-no-native-module',
      severity: 'error',
      from: {
        path: '^packages/ml/src/(geometry|recipes|figures|similarity|residuals|metrics|transformer|statistics|experiment|augmentation|preview)/',
        pathNot: '\\.test\\.ts$',
      },
      to: { path: 'node_modules/(sharp|@tensorflow)/|^packages/ml/src/(images|engine|training)/' },
    },
    {
      name: 'what-checks-live-imports-no-node',
      comment: 'The path from a photograph to its residual map runs in browsers too, on tfjs.',
      severity: 'error',
      from: {
        path: '^packages/(ml/src/(engine|models|random|reconstruction)/|ml/src/(images/(float32-tiff-bytes|sniff)|run/(checkpoint|manifest)-file)[.]ts|tensorflow/src/(wasm/(?!load)|probe/))',
        pathNot: '\\.test\\.ts$',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'what-checks-live-imports-no-native-module',
      severity: 'error',
      from: {
        path: '^packages/(ml/src/(engine|models|random|reconstruction)/|ml/src/(images/(float32-tiff-bytes|sniff)|run/(checkpoint|manifest)-file)[.]ts|tensorflow/src/(wasm/(?!load)|probe/))',
        pathNot: '\\.test\\.ts$',
      },
      to: {
        path: 'node_modules/(sharp|@tensorflow/tfjs-node[^/]*)/|^packages/(ml/src/(training|evaluation|datasets)/|ml/src/(images|run)/index[.]ts|tensorflow/src/(index|open|native/|install/))',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'the-transformer-is-mathematics-alone',
      severity: 'error',
      from: { path: '^packages/ml/src/transformer/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages|apps|prisma)/|node_modules/', pathNot: '^packages/ml/src/(transformer|geometry|random|recipes)/' },
    },
    {
      name: 'api-never-trains',
      severity: 'error',
      from: { path: '^apps/api/' },
      to: { path: '^packages/(tensorflow)/|^packages/ml/src/(training|evaluation)/' },
    },
    {
      name: 'worker-never-speaks-graphql',
      severity: 'error',
      from: { path: '^apps/worker/' },
      to: { path: 'node_modules/(graphql|@apollo)/' },
    },
    {
      name: 'api-modules-flow-downstream',
      comment: 'accounts → datasets, recipes → training → evaluations; a downstream module extends the upstream type.',
      severity: 'error',
      from: { path: '^apps/api/src/modules/(accounts)/' },
      to: { path: '^apps/api/src/modules/(datasets|recipes|training|evaluations)/' },
    },
    {
      name: 'api-training-does-not-know-evaluations',
      severity: 'error',
      from: { path: '^apps/api/src/modules/(datasets|recipes|training)/' },
      to: { path: '^apps/api/src/modules/evaluations/' },
    },
    {
      name: 'no-undeclared-dependency',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\.css$' } },
    ...floorRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|\\.next[^/]*|generated|dist|data|test-results)/|(^|/)next-env\\.d\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
