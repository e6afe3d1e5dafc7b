#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// Before the rest is loaded: what an earlier start compiled is read in place of compiling it again. Node keeps it by
// itself when the process ends; in a folder that cannot be written nothing is kept, and nothing fails.
enableCompileCache(join(import.meta.dirname, 'compile-cache'));
// Subgraphs' answers lie outside V8's heap, but count when it decides to collect. Ours is small beside them (16 MB), so it
// would be collected whole after every 50 large answers, which cost about as much as all the rest of such a request.
setFlagsFromString('--heap-growing-percent=300');
const { runGateway } = await import('./run-gateway.js');
await runGateway(process);
