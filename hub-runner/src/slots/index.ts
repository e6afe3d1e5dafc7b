export { createSlots, type Slots, type SlotSettings } from './slots.js';
