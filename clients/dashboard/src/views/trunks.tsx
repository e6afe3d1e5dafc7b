import { useState, type FormEvent, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { useFeed } from '../feed.js';
import { AddTrunkDocument, TrunkListDocument, type SlotKind, type TrunkListQuery } from '../generated/operations.js';
import { textOf, useKept, useOnce } from '../parts/hooks.js';
import { Refusals } from '../parts/refusals.js';
import { State } from '../parts/state.js';
import { useSession } from '../session.js';

const KINDS: readonly SlotKind[] = ['AUTO', 'MF', 'LS'];

/** The trunks with their slots, whose states are those of the wall. */
export function TrunksView(): ReactNode {
  const { feeds } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: TrunkListDocument, requestPolicy: 'cache-and-network' });
  const { items: slots, problem } = useFeed(feeds.slots);
  const kept = useKept(data);
  const byTrunk = Map.groupBy(slots, ({ trunk }) => trunk?.id);
  return (
    <section className="stack">
      {kept && (
        <TrunkForm
          hubs={kept.hubs.nodes}
          onCreated={() => {
            readAgain({ requestPolicy: 'network-only' });
            feeds.slots.reload();
          }}
        />
      )}
      <Refusals refusals={problem && !error ? [{ message: problem }] : []} error={error} />
      {kept?.trunks.nodes.map((trunk) => (
        <div key={trunk.id} className="card" data-testid="trunk">
          <h2>
            {trunk.name} <span className="tag">{trunk.slotKind ?? trunk.kind}</span>{' '}
            <small>
              {trunk.capacity} slots {trunk.hub ? `on ${trunk.hub.name}, ${trunk.hub.online ? 'online' : 'offline'}` : 'without a hub'}
            </small>
          </h2>
          <ul className="numbers">
            {byTrunk.get(trunk.id)?.map((slot) => (
              <li key={slot.id}>
                <strong>{slot.number}</strong> <State value={slot.state} reason={slot.faultReason} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function TrunkForm({ hubs, onCreated }: { hubs: TrunkListQuery['hubs']['nodes']; onCreated: () => void }): ReactNode {
  const [{ data, error, fetching }, addTrunk] = useOnce(AddTrunkDocument);
  const [hubId, setHubId] = useState(hubs[0]?.id ?? '');
  const create = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const created = await addTrunk({
      name: textOf(fields, 'name'),
      kind: 'HUB',
      slotKind: textOf(fields, 'slotKind') as SlotKind,
      capacity: Number(fields.get('capacity')),
      hubId: hubId || null,
    });
    if (!created?.trunkCreate.trunk) return;
    form.reset();
    onCreated();
  };
  return (
    <form className="card fields" onSubmit={(event) => void create(event)}>
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
        <select value={hubId} onChange={(event) => setHubId(event.target.value)}>
          {hubs.map((hub) => (
            <option key={hub.id} value={hub.id}>
              {hub.name}
            </option>
          ))}
          <option value="">none yet, they stay idle</option>
        </select>
      </label>
      <button type="submit" className="primary" disabled={fetching}>
        Create trunk
      </button>
      <Refusals refusals={data?.trunkCreate.userErrors} error={error} />
    </form>
  );
}
