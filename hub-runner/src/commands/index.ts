export { createCommandConsumer, type CommandConsumer } from './consumer.js';
