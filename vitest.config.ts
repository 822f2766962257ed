import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { CASTKEYS_VERSION: '"0.0.0-test"' },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/build-once.ts'],
    // Tests start keyrings, terminals and servers: more at once than there are cores makes them wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A test of the terminal decides about colours itself, and a developer's own keys are nobody's business.
    env: {
      NO_COLOR: '',
      FORCE_COLOR: '',
      NODE_EXTRA_CA_CERTS: '',
      CASTKEYS_HOME: '',
      CASTKEYS_PROFILE: '',
      CASTKEYS_STORE: '',
    },
  },
});
