export type Variables = Readonly<Record<string, unknown>>;

/** A number that is known, or one that the variables of a request decide. */
export type Amount = number | ((variables: Variables) => number);

export const valueOf = (amount: Amount, variables: Variables): number => (typeof amount === 'number' ? amount : amount(variables));

export function sum(amounts: readonly Amount[]): Amount {
  const [known, open] = split(amounts);
  const total = known.reduce((all, one) => all + one, 0);
  if (open.length === 0) return total;
  return (variables) => open.reduce((all, one) => all + one(variables), total);
}

export function largest(amounts: readonly Amount[]): Amount {
  const [known, open] = split(amounts);
  const most = known.reduce((all, one) => Math.max(all, one), 0);
  if (open.length === 0) return most;
  return (variables) => open.reduce((all, one) => Math.max(all, one(variables)), most);
}

export function product(times: Amount, amount: Amount): Amount {
  if (typeof times === 'number' && typeof amount === 'number') return times * amount;
  return (variables) => valueOf(times, variables) * valueOf(amount, variables);
}

type Open = Exclude<Amount, number>;

function split(amounts: readonly Amount[]): [number[], Open[]] {
  const known: number[] = [];
  const open: Open[] = [];
  for (const amount of amounts) {
    if (typeof amount === 'number') known.push(amount);
    else open.push(amount);
  }
  return [known, open];
}
