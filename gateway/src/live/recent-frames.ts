import type { Frame } from './frame.js';

const MOST_FRAMES = 64;
const MOST_BYTES = 32 * 1024;

/** The newest events of a stream: who comes a little late, or from another upstream, is given them from here. */
export class RecentFrames {
  readonly #frames: Frame[] = [];
  #bytes = 0;
  /** Everything after this place is here. */
  floor: number;

  constructor(floor: number) {
    this.floor = floor;
  }

  add(frame: Frame): void {
    this.#frames.push(frame);
    this.#bytes += frame.size;
    while (this.#frames.length > MOST_FRAMES || this.#bytes > MOST_BYTES) {
      const oldest = this.#frames.shift();
      if (!oldest) break;
      this.#bytes -= oldest.size;
      this.floor = oldest.position ?? this.floor;
    }
  }

  after(position: number): readonly Frame[] {
    return this.#frames.filter((frame) => (frame.position ?? 0) > position);
  }
}
