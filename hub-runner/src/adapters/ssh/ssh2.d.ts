// The package brings no types; this is what we use of it.
declare module 'ssh2' {
  import type { EventEmitter } from 'node:events';
  import type { Duplex, Readable } from 'node:stream';

  export interface ClientChannel extends Duplex {
    readonly stderr: Readable;
    close(): void;
    on(event: 'close', listener: (exitCode?: number | null) => void): this;
    on(event: 'data', listener: (part: Buffer) => void): this;
    on(event: string, listener: (...args: never[]) => void): this;
  }
  export interface ConnectConfig {
    host: string;
    port: number;
    username: string;
    privateKey: string;
    readyTimeout?: number;
    keepaliveInterval?: number;
    hostVerifier?: (key: Buffer) => boolean;
  }
  export class Client extends EventEmitter {
    connect(config: ConnectConfig): this;
    exec(command: string, callback: (error: Error | undefined, channel: ClientChannel) => void): boolean;
    end(): this;
  }
  const ssh2: { Client: typeof Client };
  export default ssh2;
}
