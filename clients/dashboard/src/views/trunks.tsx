import type { FormEvent, ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { AddTrunkDocument, TrunkListDocument, type SlotKind, type TrunkListQuery } from '../generated/operations.js';
import { Refusals } from '../parts/refusals.js';
import { State } from '../parts/state.js';

const KINDS: readonly SlotKind[] = ['AUTO', 'MF', 'LS'];

export function TrunksView(): ReactNode {
  const [{ data, error }, readAgain] = useQuery({ query: TrunkListDocument, requestPolicy: 'cache-and-network' });
  return (
    <section className="stack">
      <Refusals error={error} />
      <TrunkForm hubs={data?.hubs.nodes ?? []} onCreated={() => readAgain({ requestPolicy: 'network-only' })} />
      {data?.trunks.nodes.map((trunk) => (
        <div key={trunk.id} className="card" data-testid="trunk">
          <h2>
            {trunk.name} <span className="tag">{trunk.slotKind ?? trunk.kind}</span>{' '}
            <small>
              {trunk.capacity} slots {trunk.hub ? `on ${trunk.hub.name}` : 'without a hub'}
            </small>
          </h2>
          <p className="numbers">
            {trunk.slots?.nodes.map((slot) => (
              <span key={slot.id}>
                {slot.number} <State value={slot.state} />
              </span>
            ))}
          </p>
        </div>
      ))}
    </section>
  );
}

function TrunkForm({ hubs, onCreated }: { hubs: TrunkListQuery['hubs']['nodes']; onCreated: () => void }): ReactNode {
  const [{ data, error, fetching }, addTrunk] = useMutation(AddTrunkDocument);
  const create = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const result = await addTrunk({
      input: {
        name: String(fields.get('name')),
        slotKind: String(fields.get('slotKind')) as SlotKind,
        capacity: Number(fields.get('capacity')),
        hubId: String(fields.get('hubId')) || null,
        idempotencyKey: crypto.randomUUID(),
      },
    });
    if (!result.data?.trunkCreate.trunk) return;
    form.reset();
    onCreated();
  };
  return (
    <form className="card row" onSubmit={(event) => void create(event)}>
      <label>
        Name
        <input name="name" required maxLength={100} />
      </label>
      <label>
        Kind
        <select name="slotKind">
          {KINDS.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>
      <label>
        Slots
        <input name="capacity" type="number" min={1} max={999} defaultValue={10} required />
      </label>
      <label>
        Hub
        <select name="hubId">
          <option value="">none yet</option>
          {hubs.map((hub) => (
            <option key={hub.id} value={hub.id}>
              {hub.name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="primary" disabled={fetching}>
        Create trunk
      </button>
      <Refusals refusals={data?.trunkCreate.userErrors} error={error} />
    </form>
  );
}
