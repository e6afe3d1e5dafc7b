import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { LOAD_CORE } from './process.ts';

export interface Target {
  readonly url: string;
  readonly token?: string | undefined;
}

export interface LoadResult {
  readonly requests: number;
  readonly rps: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were not 2xx, and connections that failed. */
  readonly failures: number;
  readonly bytesEach: number;
}

/** Loads the target with wrk: `connections` at a time, each sends its next request when it has its answer. */
export function load(target: Target, { body, distinct, connections, seconds }: { body: string; distinct: boolean; connections: number; seconds: number }, workDir: string): Promise<LoadResult> {
  const file = join(workDir, 'body.json');
  writeFileSync(file, body);
  const env = { PATH: process.env['PATH'] ?? '', BODY: file, DISTINCT: distinct ? '1' : '', TOKEN: target.token ?? '', TARGET: new URL(target.url).pathname };
  const args = ['-c', LOAD_CORE, 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', join(import.meta.dirname, 'wrk.lua'), target.url];
  return new Promise((resolve, reject) => {
    const child = spawn('taskset', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', () => {
      const [, text] = /RESULT (\{.*\})/.exec(said) ?? [];
      if (!text) return reject(new Error(`wrk: ${said}`));
      const { requests, micros, bytes, p50, p99, status, broken } = JSON.parse(text) as Record<'requests' | 'micros' | 'bytes' | 'p50' | 'p99' | 'status' | 'broken', number>;
      resolve({ requests, rps: (requests / micros) * 1e6, p50Ms: p50 / 1000, p99Ms: p99 / 1000, failures: status + broken, bytesEach: bytes / requests });
    });
  });
}

/** One request on a connection of its own. */
export function ask({ url, token }: Target, body: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'content-length': Buffer.byteLength(body), ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const asked = request(url, { method: 'POST', headers, agent: false, timeout: 10_000 }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject);
    asked.end(body);
  });
}
