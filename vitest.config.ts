import { defineConfig } from 'vitest/config';

/** A developer's own settings and keys are nobody's business here. */
const env = Object.fromEntries(
  ['CASTKEYS_HOME', 'CASTKEYS_PROFILE', 'CASTKEYS_STORE', 'CASTAI_API_URL'].map(name => [name, '']),
);

const common = { define: { CASTKEYS_VERSION: '"0.0.0-test"' } };

export default defineConfig({
  test: {
    // Tests start keyrings, terminals and servers: more at once than there are cores only wait for each other.
    maxWorkers: 2,
    projects: [
      {
        ...common,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/crash/**'],
          env,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        ...common,
        test: {
          name: 'built program',
          include: ['test/e2e/**/*.test.ts', 'test/crash/**/*.test.ts'],
          // Built before any of them, so that none tests an old program.
          globalSetup: ['test/support/build-once.ts'],
          env,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
