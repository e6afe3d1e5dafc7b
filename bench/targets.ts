import { EACH, OURS } from './fanout/fanout.ts';
import { median, summary, type Results } from './results.ts';
import { figure, table } from './table.ts';

interface Verdict {
  readonly target: string;
  readonly measured: string;
  readonly isMet: boolean | undefined;
}

/** "At least `times` less CPU than `peer`": held against it in each setting. */
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
interface Setting {
  readonly title: string;
  readonly mode: string;
  /** The mode in which subgraphs vouch for the same. */
  readonly vouched?: string;
}

/** One in which requests may share what is under way, then two in which they share nothing. */
const SETTINGS: readonly Setting[] = [
  { title: 'many connections, identical requests', mode: 'same' },
  { title: '1 connection', mode: 'one', vouched: 'one-vouched' },
  { title: 'many connections, distinct requests, cold data', mode: 'distinct-cold', vouched: 'distinct-cold-vouched' },
];

/** How many times less ours takes, and whether that is enough. */
function ratioCell({ requests }: Results, gateway: string, { workload, peer, times, vouched }: CpuTarget, setting: Setting): string {
  const mode = vouched ? setting.vouched : setting.mode;
  const ours = mode === undefined ? undefined : summary(requests, gateway, workload, mode)?.cpuMs;
  const theirs = summary(requests, peer, workload, setting.mode)?.cpuMs;
  return ours && theirs ? `${figure(theirs / ours)}× ${verdict(theirs / ours >= times)}` : verdict(undefined);
}

const verdict = (isMet: boolean | undefined): string => (isMet === undefined ? 'not measured' : isMet ? 'met' : '**not met**');

function cpuTable(results: Results, gateway: string, title: string): string {
  const rows = CPU_TARGETS.map((target) => {
    const { workload, peerTitle, times, vouched } = target;
    const subgraphs = workload === 'W3' ? (vouched ? ', subgraphs of ours' : ', any subgraph') : '';
    const cells = SETTINGS.map((setting) => ratioCell(results, gateway, target, setting));
    return [`${workload}${subgraphs}: ${times === 1 ? 'no more than' : `${times} times less than`} ${peerTitle}`, ...cells];
  });
  return table([title, ...SETTINGS.map((setting) => setting.title)], rows);
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

export function targetTables(results: Results): string {
  const others = [startVerdict(results), memoryVerdict(results), ...fanoutVerdicts(results)];
  const cpu = [cpuTable(results, 'ours', 'CPU per request, every feature on'), cpuTable(results, 'ours-noauth', 'CPU per request, `VSS_AUTH=off`')];
  return `${cpu.join('\n\n')}\n\n${table(['others', 'measured', ''], others.map(({ target, measured, isMet }) => [target, measured, verdict(isMet)]))}`;
}
