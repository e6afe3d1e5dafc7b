export { createCommandConsumer } from './consumer.js';
