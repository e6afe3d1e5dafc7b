import { useEffect, useRef, type ReactNode } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

interface Look {
  label: string;
  colour: string;
}
export interface Line extends Look {
  values: number[];
}

const AXIS = { stroke: '#8b98a9', grid: { stroke: '#232b36', width: 1 }, ticks: { stroke: '#232b36', width: 1 } };
const LOWEST_TOP = 4;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const timeOf = (seconds: number): string => clock.format(new Date(seconds * 1_000));

/** Counts over time. `times` are epoch seconds. */
export function Chart({ times, lines, label, height = 220 }: { times: number[]; lines: Line[]; label: string; height?: number }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const looks = JSON.stringify(lines.map((line): Look => ({ label: line.label, colour: line.colour })));
  // Drawn anew only when the lines are others; their values are set below.
  useEffect(() => {
    const host = place.current;
    if (!host) return undefined;
    const drawn = new uPlot(optionsFor(JSON.parse(looks) as Look[], host.clientWidth, height), [[]], host);
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize({ width: host.clientWidth, height }));
    observer.observe(host);
    return () => {
      observer.disconnect();
      drawn.destroy();
    };
  }, [looks, height]);
  useEffect(() => plot.current?.setData([times, ...lines.map(({ values }) => values)]), [times, lines]);
  return <div ref={place} className="chart" role="img" aria-label={label} />;
}

const optionsFor = (lines: readonly Look[], width: number, height: number): uPlot.Options => ({
  width,
  height,
  padding: [8, 24, 0, 0],
  series: [
    { value: (_, seconds) => (seconds === null ? '–' : timeOf(seconds)) },
    ...lines.map(({ label, colour }) => ({ label, stroke: colour, width: 2, fill: `${colour}22`, points: { show: false } })),
  ],
  axes: [
    { ...AXIS, values: (_, splits) => splits.map(timeOf) },
    // Counts are whole.
    { ...AXIS, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] },
  ],
  scales: { y: { range: (_, __, max) => [0, Math.max(LOWEST_TOP, max * 1.1)] } },
});
