import { defineConfig } from 'vite';

export default defineConfig({
  base: '/graphiql/',
  build: {
    chunkSizeWarningLimit: 3_000,
    rolldownOptions: {
      // GraphiQL's libraries mark their modules for React's servers, which there are none of here.
      onLog: (level, log, report) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
