/** A value with the labels that tell it from its siblings. */
export interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** `_bucket`, `_sum` or `_count` of a histogram. */
  readonly suffix?: string;
}

/** One named metric with all its samples, as it is scraped. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  samples(): Iterable<Sample>;
}

export interface Counter {
  inc(by?: number): void;
}
export interface Histogram {
  observe(value: number): void;
}
/** Gives the member for these values of its labels; to be asked once and kept. */
export type Family<Member> = (...values: string[]) => Member;

/** The metrics of a process. Members are plain numbers, so that what is counted on a hot path costs an addition. */
export interface Metrics {
  readonly all: readonly Metric[];
  counter(name: string, help: string): Counter;
  counters(name: string, help: string, labels: readonly string[], most?: number): Family<Counter>;
  histogram(name: string, help: string, buckets: readonly number[]): Histogram;
  histograms(name: string, help: string, buckets: readonly number[], labels: readonly string[], most?: number): Family<Histogram>;
  /** Read when it is scraped. */
  gauge(name: string, help: string, read: () => number): void;
  gauges(name: string, help: string, labels: readonly string[], read: () => Iterable<readonly [values: readonly string[], value: number]>): void;
  /** Like a gauge, for what somebody else counts up already. */
  counted(name: string, help: string, read: () => number): void;
  countedBy(name: string, help: string, labels: readonly string[], read: () => Iterable<readonly [values: readonly string[], value: number]>): void;
}

/** Seconds, from what a cache answers to what nobody waits for. */
export const DURATION_BUCKETS: readonly number[] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Members beyond this many share one whose labels say `other`: names come from clients, and memory is ours. */
const MOST_MEMBERS = 500;
export const OTHER = 'other';

export function createMetrics(): Metrics {
  const all: Metric[] = [];
  const labelled = (labels: readonly string[], values: readonly string[]): Sample['labels'] => Object.fromEntries(labels.map((label, index) => [label, values[index] ?? '']));

  function read(type: 'counter' | 'gauge') {
    return (name: string, help: string, labels: readonly string[], values: () => Iterable<readonly [readonly string[], number]>): void =>
      void all.push({ name, help, type, samples: () => [...values()].map(([of, value]) => ({ labels: labelled(labels, of), value })) });
  }

  function family<Member extends { samples(labels: Sample['labels']): Iterable<Sample> }>(
    about: Omit<Metric, 'samples'> & { labels: readonly string[]; most?: number | undefined },
    make: () => Member,
  ): Family<Member> {
    const { labels, most = MOST_MEMBERS, ...metric } = about;
    const members = new Map<string, { member: Member; labels: Sample['labels'] }>();
    const get = (values: readonly string[]): Member => {
      const key = values.join('\0');
      const known = members.get(key);
      if (known) return known.member;
      if (members.size >= most) {
        const other = labels.map(() => OTHER);
        if (key !== other.join('\0')) return members.get(other.join('\0'))?.member ?? add(other);
      }
      return add(values);
    };
    const add = (values: readonly string[]): Member => {
      const member = make();
      members.set(values.join('\0'), { member, labels: labelled(labels, values) });
      return member;
    };
    all.push({ ...metric, samples: () => [...members.values()].flatMap(({ member, labels: of }) => [...member.samples(of)]) });
    return (...values) => get(values);
  }

  const counters: Metrics['counters'] = (name, help, labels, most) => family({ name, help, type: 'counter', labels, most }, () => new PlainCounter());
  const histograms: Metrics['histograms'] = (name, help, buckets, labels, most) => family({ name, help, type: 'histogram', labels, most }, () => new PlainHistogram(buckets));
  return {
    all,
    counters,
    counter: (name, help) => counters(name, help, [])(),
    histograms,
    histogram: (name, help, buckets) => histograms(name, help, buckets, [])(),
    gauges: read('gauge'),
    gauge: (name, help, value) => read('gauge')(name, help, [], () => [[[], value()]]),
    countedBy: read('counter'),
    counted: (name, help, value) => read('counter')(name, help, [], () => [[[], value()]]),
  };
}

class PlainCounter implements Counter {
  private value = 0;
  inc(by = 1): void {
    this.value += by;
  }
  samples(labels: Sample['labels']): Sample[] {
    return [{ labels, value: this.value }];
  }
}

class PlainHistogram implements Histogram {
  private readonly counts: Float64Array;
  private sum = 0;
  constructor(private readonly buckets: readonly number[]) {
    this.counts = new Float64Array(buckets.length + 1);
  }
  observe(value: number): void {
    const { buckets, counts } = this;
    let at = 0;
    while (at < buckets.length && value > (buckets[at] as number)) at++;
    counts[at] = (counts[at] as number) + 1;
    this.sum += value;
  }
  samples(labels: Sample['labels']): Sample[] {
    let count = 0;
    const cumulative = Array.from(this.counts, (inBucket, index): Sample => {
      count += inBucket;
      return { labels: { ...labels, le: this.buckets[index] ?? '+Inf' }, value: count, suffix: '_bucket' };
    });
    return [...cumulative, { labels, value: this.sum, suffix: '_sum' }, { labels, value: count, suffix: '_count' }];
  }
}
