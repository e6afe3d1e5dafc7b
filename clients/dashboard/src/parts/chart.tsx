import { useEffect, useRef, type ReactNode } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Line {
  label: string;
  colour: string;
  values: number[];
}

const AXIS = { stroke: '#8b98a9', grid: { stroke: '#232b36' }, ticks: { stroke: '#232b36' } };

/** Counts over time. `times` are epoch seconds. */
export function Chart({ times, lines, height = 220 }: { times: number[]; lines: Line[]; height?: number }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const labels = lines.map(({ label }) => label).join();
  useEffect(() => {
    const host = place.current;
    if (!host) return undefined;
    const series = lines.map(({ label, colour }) => ({ label, stroke: colour, width: 2, fill: `${colour}22`, points: { show: false } }));
    const drawn = new uPlot({ width: host.clientWidth, height, series: [{}, ...series], axes: [AXIS, AXIS], scales: { y: { range: (_, __, max) => [0, Math.max(4, max)] } } }, [[]], host);
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize({ width: host.clientWidth, height }));
    observer.observe(host);
    return () => {
      observer.disconnect();
      drawn.destroy();
    };
    // Drawn anew only when the lines are others; their values are set below.
  }, [labels, height]);
  useEffect(() => plot.current?.setData([times, ...lines.map(({ values }) => values)]), [times, lines]);
  return <div ref={place} className="chart" />;
}
