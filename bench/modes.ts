/** How a workload is asked, and how the subgraphs answer. */
export interface Mode {
  readonly name: string;
  readonly title: string;
  /** Otherwise as many as the workload says. */
  readonly isOneConnection: boolean;
  /** Each request carries a variable that none before it had, so that none can share another's fetches. */
  readonly distinct: boolean;
  /** Each answer of a subgraph carries ids that none before it had, so that nothing remembered is of use. */
  readonly cold: boolean;
  /** The subgraphs vouch for their answers as our own do (`x-vss-errors: none`). Only for who reads that. */
  readonly vouched: boolean;
}

const mode = (name: string, title: string, flags: Partial<Omit<Mode, 'name' | 'title'>>): Mode => ({ isOneConnection: false, distinct: false, cold: false, vouched: false, ...flags, name, title });

export const MODES: readonly Mode[] = [
  mode('one', '1 connection', { isOneConnection: true }),
  mode('one-cold', '1 connection, cold data', { isOneConnection: true, cold: true }),
  mode('same', 'many connections, identical', {}),
  mode('distinct', 'many connections, distinct', { distinct: true }),
  mode('distinct-cold', 'many connections, distinct, cold data', { distinct: true, cold: true }),
  mode('one-vouched', '1 connection, subgraphs of ours', { isOneConnection: true, vouched: true }),
  mode('distinct-cold-vouched', 'many connections, distinct, cold data, subgraphs of ours', { distinct: true, cold: true, vouched: true }),
];
