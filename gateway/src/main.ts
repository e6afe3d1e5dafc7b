#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Before the rest is loaded: what an earlier start compiled is read in place of compiling it again. Node keeps it by
// itself when the process ends; in a folder that cannot be written nothing is kept, and nothing fails.
enableCompileCache(join(import.meta.dirname, 'compile-cache'));
const { runGateway } = await import('./run-gateway.js');
await runGateway(process);
