import { keptRows, type Holding } from '@vss/graphql';

/** What crm keeps of users: their work, by their ids. No name of theirs is here. */
export const personalHoldings: readonly Holding[] = [
  keptRows('leads', 'select count(*)::int as kept from crm.lead where ? in (assigned_seller_id, assigned_operator_id)'),
  keptRows('notes', 'select count(*)::int as kept from crm.note where author_id = ?'),
];
