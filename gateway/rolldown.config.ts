import { createRequire } from 'node:module';
import { defineConfig, type Plugin } from 'rolldown';

const require = createRequire(import.meta.url);

/**
 * Node makes every export of a builtin when one is imported, those of `node:http` that load its whole fetch client
 * too. Asked for this way, it makes none that is not used.
 */
const lazyBuiltins = (names: readonly string[]): Plugin => ({
  name: 'lazy-builtins',
  // Not what CommonJS requires: that is the builtin itself, and makes nothing.
  resolveId: (id, _importer, { kind }) => (kind === 'import-statement' && names.includes(id) ? `\0${id}` : null),
  load(id) {
    const name = id.slice(1);
    if (id[0] !== '\0' || !names.includes(name)) return null;
    const values = Object.entries(Object.getOwnPropertyDescriptors(require(name))).filter(([key, { get }]) => !get && key !== 'default');
    return `const it = process.getBuiltinModule('${name}');\nexport default it;\nexport const { ${values.map(([key]) => key).join(', ')} } = it;`;
  },
});

/**
 * dist/main.js with everything it needs at its start in one file, and the rest in chunks: one file to find, read and
 * compile in place of more than a thousand.
 */
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  plugins: [lazyBuiltins(['node:http', 'node:https'])],
  // Its CommonJS build, as Node takes it: two in one process would not know each other's types.
  resolve: { alias: { graphql$: require.resolve('graphql') } },
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js', sourcemap: true, sourcemapExcludeSources: true },
});
