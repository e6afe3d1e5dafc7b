import { keptRows, type Holding } from '@vss/graphql';

/** What telephony keeps of users: their calls, by their ids. No name of theirs is here. */
export const personalHoldings: readonly Holding[] = [
  keptRows('calls', 'select count(*)::int as kept from telephony.call where operator_id = ?'),
  keptRows('call records', 'select count(*)::int as kept from telephony.cdr where operator_id = ?'),
];
