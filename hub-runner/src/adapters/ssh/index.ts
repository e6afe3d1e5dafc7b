export { createSshHost, type SshSettings } from './remote-host.js';
