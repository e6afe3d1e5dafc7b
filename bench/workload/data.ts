import { readFileSync } from 'node:fs';
import type { SubgraphName } from './schemas.ts';

interface User { readonly id: string; readonly name: string; readonly username: string; readonly birthday: number }
interface Product { readonly upc: string; readonly name: string; readonly price: number; readonly weight: number; readonly inStock: boolean }
interface Review { readonly id: string; readonly upc: string; readonly body: string }

const { users, products: known, reviews: written } = JSON.parse(readFileSync(new URL('./data.json', import.meta.url), 'utf8')) as {
  users: User[];
  products: Product[];
  reviews: Review[];
};

// The benchmark has nine products. The others, for the table of growing requests, are made up: two reviews each.
const PRODUCTS = 1_000;
const bodyOf = (review: number): string => written[review % written.length]?.body ?? '';
const made = Array.from({ length: PRODUCTS - known.length }, (_, index) => known.length + 1 + index);
const products = [...known, ...made.map((n) => ({ upc: String(n), name: `Product ${n}`, price: 10 * n, weight: n, inStock: n % 2 === 0 }))];
const reviews = [...written, ...made.flatMap((n) => [2 * n, 2 * n + 1].map((id) => ({ id: `m${id}`, upc: String(n), body: bodyOf(id) })))];
const items = Array.from({ length: 1_000 }, (_, i) => ({
  id: String(i), title: `Item number ${i}`, sku: `SKU-${100_000 + i}`, price: 9.99 + i, quantity: i % 17, active: i % 2 === 0,
  category: `category-${i % 20}`, description: 'Lorem ipsum dolor sit amet, consectetur adipiscing "elit" é', createdAt: '2026-01-01T00:00:00.000Z', rating: (i % 50) / 10,
}));

const usersById = new Map(users.map((user) => [user.id, user]));
const productsByUpc = new Map(products.map((product) => [product.upc, product]));
const reviewsById = new Map(reviews.map((review) => [review.id, review]));
const reviewsByUpc = Map.groupBy(reviews, ({ upc }) => upc);

/**
 * A mark that every id of an answer carries, and that an id hands on to what is asked by it: `1~00000007`. With another
 * mark in each answer no two answers are equal, so that nothing remembered of an earlier one is of use ("cold data").
 */
export type Mark = string;
export const MARK = /~\d{8}/g;
const cut = (id: string): [id: string, mark: Mark] => {
  const at = id.indexOf('~');
  return at < 0 ? [id, ''] : [id.slice(0, at), id.slice(at)];
};

// One object for a type serves every subgraph: its schema decides what of it can be asked.
const userOf = (user: User | undefined, mark: Mark): object | null =>
  user ? { ...user, __typename: 'User', id: user.id + mark, reviews: () => reviews.slice(0, 2).map((review) => reviewOf(review, mark)) } : null;
const reviewOf = (review: Review | undefined, mark: Mark): object | null =>
  review ? { __typename: 'Review', id: review.id + mark, body: review.body, product: () => productOf(review.upc, mark), author: () => userOf(users[0], mark) } : null;

function productOf(upc: string, mark: Mark): object | null {
  const product = productsByUpc.get(upc);
  if (!product) return null;
  return { ...product, __typename: 'Product', upc: upc + mark, shippingEstimate: shippingOf(product), reviews: () => (reviewsByUpc.get(upc) ?? []).map((review) => reviewOf(review, mark)) };
}

const shippingOf = ({ price, weight }: { price?: unknown; weight?: unknown }): number | null =>
  typeof price === 'number' && typeof weight === 'number' ? (price > 1_000 ? 0 : Math.floor(weight / 2)) : null;

/** The resolvers of `Query`; the answer's ids carry the mark. */
export const rootValue = (mark: Mark) => ({
  me: () => userOf(users[0], mark),
  user: ({ id }: { id: string }) => userOf(usersById.get(id), mark),
  users: () => users.map((user) => userOf(user, mark)),
  topProducts: ({ first }: { first: number }) => products.slice(0, first).map(({ upc }) => productOf(upc, mark)),
  items: ({ first }: { first: number }) => items.slice(0, first).map((item) => ({ ...item, id: item.id + mark, title: item.title + mark })),
});

/** What a gateway sends of an entity: its key, and what `@requires` names. */
export interface Representation { readonly __typename: string; readonly id?: string; readonly upc?: string; readonly price?: unknown; readonly weight?: unknown }

export function entityOf(subgraph: SubgraphName, representation: Representation): object | null {
  const [id, mark] = cut(representation.id ?? representation.upc ?? '');
  if (representation.__typename === 'User') return userOf(usersById.get(id), mark);
  if (representation.__typename === 'Review') return reviewOf(reviewsById.get(id), mark);
  const product = productOf(id, mark);
  // What `@requires` names must have been sent along: a gateway that does not gets null, and its answer is wrong.
  return subgraph === 'inventory' && product ? { ...product, shippingEstimate: shippingOf(representation) } : product;
}
