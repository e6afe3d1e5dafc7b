import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  resolve: {
    conditions: ['source'],
    // Vite prefers graphql's ESM build while every dependency requires its CommonJS one: two realms in one process.
    alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }],
  },
  ssr: { resolve: { conditions: ['source'] } },
  // Tests lie outside their package's tsconfig, where this is set for the sources.
  oxc: { decorator: { legacy: true } },
  test: {
    include: ['{packages,subgraphs,clients}/*/src/**/*.test.ts', '{gateway,hub-runner,standalone}/src/**/*.test.ts', 'schema/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
