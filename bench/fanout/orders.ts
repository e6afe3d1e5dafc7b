/** What is subscribed to, and its events; shared by the subgraph and by the server that is compared with the gateway. */
const ORDER = 'id: ID! note: String status: String! total: Float! currency: String! updatedAt: String! customer: Customer items: [OrderItem!]!';
const OTHERS = 'type Query { order(id: ID!): Order } type Subscription { orderChanged(room: ID!): Order } type OrderItem { sku: String! qty: Int! price: Float! }';

export const ORDERS_SDL = `${OTHERS} type Order { ${ORDER} } type Customer { id: ID! }`;
/** The same as one server's schema. */
export const MONOLITH_SDL = `${OTHERS} type Order { ${ORDER} } type Customer { id: ID! name: String email: String }`;

export const SUBSCRIPTION = 'subscription OnOrder($room: ID!) { orderChanged(room: $room) { note id status total currency updatedAt customer { id name email } items { sku qty price } } }';
export const CUSTOMER = { __typename: 'Customer', id: '7', name: 'Ada Lovelace', email: 'ada@example.org' };

/** An event; `note` is the instant at which it was made, on the clock that all processes of a machine share. */
export const newEvent = () => ({
  orderChanged: {
    __typename: 'Order',
    id: '42',
    note: String(process.hrtime.bigint()).padEnd(24),
    status: 'SHIPPED',
    total: 129.5,
    currency: 'EUR',
    updatedAt: '2026-01-01T00:00:00Z',
    customer: CUSTOMER,
    items: [1, 2, 3].map((qty) => ({ sku: `SKU${qty}`, qty, price: 9.99 })),
  },
});
export type OrderEvent = ReturnType<typeof newEvent>;

/** One topic in memory: each subscriber hears every event until it ends. */
export function createTopic() {
  const listeners = new Set<(event: OrderEvent) => void>();
  return {
    publish(event: OrderEvent): void {
      for (const listen of listeners) listen(event);
    },
    get size() {
      return listeners.size;
    },
    /** Ends at once when it is returned, unlike a generator that waits. */
    subscribe(): AsyncIterableIterator<OrderEvent> {
      const waiting: OrderEvent[] = [];
      let wake: ((step: IteratorResult<OrderEvent>) => void) | undefined;
      const listen = (value: OrderEvent): void => {
        if (!wake) return void waiting.push(value);
        wake({ value, done: false });
        wake = undefined;
      };
      listeners.add(listen);
      return {
        next() {
          const value = waiting.shift();
          return value ? Promise.resolve({ value, done: false }) : new Promise((resolve) => (wake = resolve));
        },
        return() {
          listeners.delete(listen);
          wake?.({ value: undefined, done: true });
          return Promise.resolve({ value: undefined, done: true });
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}
