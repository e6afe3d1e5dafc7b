import { EACH, OURS } from './fanout/fanout.ts';
import { median, summary, type Results } from './results.ts';
import { figure, table } from './table.ts';

interface Verdict {
  readonly target: string;
  readonly measured: string;
  readonly isMet: boolean | undefined;
}

/** "At least `times` less CPU than `peer`": held against it with one connection, and with many distinct requests. */
interface CpuTarget {
  readonly workload: string;
  readonly peer: string;
  readonly peerTitle: string;
  readonly times: number;
  /** Our subgraphs vouch for their answers; the peer does not read that. */
  readonly vouched?: boolean;
}

const CPU_TARGETS: readonly CpuTarget[] = [
  { workload: 'W1', peer: 'apollo', peerTitle: 'Apollo', times: 25 },
  { workload: 'W1', peer: 'hive-rust', peerTitle: 'Hive, Rust planner', times: 6 },
  { workload: 'W1', peer: 'grafbase', peerTitle: 'Grafbase', times: 1 },
  { workload: 'W2', peer: 'apollo', peerTitle: 'Apollo', times: 13 },
  { workload: 'W2', peer: 'grafbase', peerTitle: 'Grafbase', times: 1 },
  { workload: 'W3', peer: 'apollo', peerTitle: 'Apollo', times: 45, vouched: true },
  { workload: 'W3', peer: 'apollo', peerTitle: 'Apollo', times: 15 },
  { workload: 'W3', peer: 'grafbase', peerTitle: 'Grafbase', times: 1, vouched: true },
  { workload: 'W3', peer: 'grafbase', peerTitle: 'Grafbase', times: 1 },
];
const SETTINGS = [
  { mode: 'one', title: '1 connection' },
  { mode: 'distinct', title: '50 connections, distinct' },
] as const;

function cpuVerdicts({ requests }: Results): Verdict[] {
  return CPU_TARGETS.flatMap(({ workload, peer, peerTitle, times, vouched }) =>
    SETTINGS.map(({ mode, title }) => {
      const ours = summary(requests, 'ours', workload, vouched ? `${mode}-vouched` : mode)?.cpuMs;
      const open = summary(requests, 'ours-noauth', workload, vouched ? `${mode}-vouched` : mode)?.cpuMs;
      const theirs = summary(requests, peer, workload, mode)?.cpuMs;
      const subgraphs = workload === 'W3' ? (vouched ? ', subgraphs of ours' : ', any subgraph') : '';
      const ratio = (own: number | undefined): string => (own && theirs ? `${figure(theirs / own)}×` : '–');
      return {
        target: `${workload}${subgraphs}: ${times === 1 ? 'no more CPU than' : `${times} times less CPU than`} ${peerTitle}; ${title}`,
        measured: `${ratio(ours)} (${ratio(open)} without authentication)`,
        isMet: ours && theirs ? theirs / ours >= times : undefined,
      };
    }),
  );
}

function startVerdict({ starts }: Results): Verdict {
  const of = (name: string): number => median(starts.filter(({ gateway }) => gateway === name).map(({ coldMs }) => coldMs));
  const share = of('ours') / of('apollo');
  return { target: "Cold start at most half of Apollo's", measured: `${figure(share)} of it`, isMet: Number.isNaN(share) ? undefined : share <= 0.5 };
}

function memoryVerdict({ requests }: Results): Verdict {
  const most = (name: string): number => {
    const rounds = Map.groupBy(requests.filter(({ gateway }) => gateway === name), ({ round }) => round);
    return median([...rounds.values()].map((rows) => Math.max(...rows.map(({ rssMb }) => rssMb))));
  };
  const [ours, theirs] = [most('ours'), most('apollo')];
  return { target: "Memory under all workloads below Apollo's", measured: `${figure(ours)} MB against ${figure(theirs)} MB`, isMet: Number.isNaN(ours / theirs) ? undefined : ours < theirs };
}

function fanoutVerdicts({ fanout }: Results): Verdict[] {
  const ours = fanout.find(({ server }) => server === OURS);
  const each = fanout.find(({ server }) => server === EACH);
  const known = ours && each ? { ours, share: ours.lastClientMs / each.lastClientMs } : undefined;
  return [
    { target: "Last client of an event within a quarter of graphql-ws's time", measured: `${figure(known?.share)} of it`, isMet: known && known.share <= 0.25 },
    { target: 'At most 10.5 KB a connection', measured: `${figure(ours?.kbPerConnection)} KB`, isMet: ours && ours.kbPerConnection <= 10.5 },
    {
      target: 'One upstream and one entity fetch an event',
      measured: `${figure(ours?.subscriptions)} and ${figure(ours?.entityFetchesPerEvent)}`,
      isMet: ours && ours.subscriptions === 1 && ours.entityFetchesPerEvent === 1,
    },
  ];
}

export function targetTable(results: Results): string {
  const verdicts = [...cpuVerdicts(results), startVerdict(results), memoryVerdict(results), ...fanoutVerdicts(results)];
  return table(['target', 'measured', ''], verdicts.map(({ target, measured, isMet }) => [target, measured, isMet === undefined ? 'not measured' : isMet ? 'met' : '**not met**']));
}
