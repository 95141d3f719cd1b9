import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const config: NextConfig = {
  // The repository root, so that workspace packages resolve and no stray lockfile above is taken for it.
  turbopack: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    rules: { '**/graphiql/dist/style.css': { loaders: ['./css-without-fonts.cjs'], as: '*.css' } },
  },
  transpilePackages: ['@plumbline/ml', '@plumbline/tensorflow'],
  // `pnpm verify` runs tsc over this app; a second check would double the time of the first start.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  images: { unoptimized: true },
  // A page left by "back" shows what it showed: data is refreshed by Apollo and by subscriptions, not by the router.
  experimental: { staleTimes: { dynamic: 300 }, optimizePackageImports: ['radix-ui'] },
};

export default config;
