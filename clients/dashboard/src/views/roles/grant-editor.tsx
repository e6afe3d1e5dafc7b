import { useId, type ReactNode } from 'react';
import type { GrantScope } from '../../generated/operations.js';
import { newKey, REACH, SCOPES, type Catalogue, type GrantDraft } from './grants.js';
import { ConditionFields } from './condition-fields.js';

interface EditorProps {
  grants: readonly GrantDraft[];
  catalogue: Catalogue;
  onChange: (grants: readonly GrantDraft[]) => void;
}

/** The lines of a role, chosen from what there is to be granted. */
export function GrantEditor({ grants, catalogue, onChange }: EditorProps): ReactNode {
  const resources = [...new Set(catalogue.map(({ resource }) => resource))].sort();
  const change = (key: number, to: Partial<GrantDraft>): void => onChange(grants.map((grant) => (grant.key === key ? { ...grant, ...to } : grant)));
  const addLine = (): void => onChange([...grants, { key: newKey(), resource: resources[0] ?? '*', actions: [], scope: 'OWN', effect: 'ALLOW', conditions: null }]);
  return (
    <section className="stack" aria-label="Grants">
      {grants.map((grant) => (
        <GrantRow key={grant.key} grant={grant} resources={resources} catalogue={catalogue} onChange={(to) => change(grant.key, to)} onRemove={() => onChange(grants.filter(({ key }) => key !== grant.key))} />
      ))}
      <div className="actions">
        <button type="button" onClick={addLine}>
          Add a line
        </button>
      </div>
    </section>
  );
}

interface RowProps {
  grant: GrantDraft;
  resources: readonly string[];
  catalogue: Catalogue;
  onChange: (to: Partial<GrantDraft>) => void;
  onRemove: () => void;
}

function GrantRow({ grant, resources, catalogue, onChange, onRemove }: RowProps): ReactNode {
  const { resource, effect, scope } = grant;
  const title = useId();
  const isDenial = effect === 'DENY';
  const scopes = scopesFor(grant, catalogue);
  return (
    <div className="card grant" role="group" aria-labelledby={title} data-testid="grant">
      <span id={title} className="visually-hidden">
        Grant on {resource}
      </span>
      <div className="fields">
        <label>
          Effect
          <select value={effect} onChange={(event) => onChange({ effect: event.target.value === 'DENY' ? 'DENY' : 'ALLOW', conditions: null })}>
            <option value="ALLOW">allow</option>
            <option value="DENY">deny</option>
          </select>
        </label>
        <label>
          Resource
          <select value={resource} onChange={(event) => onChange({ resource: event.target.value, actions: [], conditions: null })}>
            {[...new Set([...resources, '*', resource])].map((known) => (
              <option key={known} value={known}>
                {known === '*' ? '* (everything)' : known}
              </option>
            ))}
          </select>
        </label>
        <label>
          Scope
          <select value={isDenial ? 'ALL' : scope} disabled={isDenial} onChange={(event) => onChange({ scope: SCOPES.find((known) => known === event.target.value) ?? scope })}>
            {scopes.map((known) => (
              <option key={known} value={known}>
                {known.toLowerCase()} – {REACH[known]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="link" onClick={onRemove}>
          Remove
        </button>
      </div>
      <Actions grant={grant} catalogue={catalogue} onChange={(actions) => onChange({ actions })} />
      {!isDenial && <ConditionFields grant={grant} catalogue={catalogue} onChange={(conditions) => onChange({ conditions })} />}
    </div>
  );
}

/** The scopes that mean something for every chosen action, and the one that stands there. */
function scopesFor({ resource, actions, scope, effect }: GrantDraft, catalogue: Catalogue): readonly GrantScope[] {
  if (effect === 'DENY') return ['ALL'];
  const chosen = catalogue.filter((entry) => (resource === '*' || entry.resource === resource) && (actions.includes('*') || actions.includes(entry.action)));
  return SCOPES.filter((known) => known === scope || chosen.every(({ scopes }) => scopes.includes(known)));
}

function Actions({ grant, catalogue, onChange }: { grant: GrantDraft; catalogue: Catalogue; onChange: (actions: readonly string[]) => void }): ReactNode {
  const { resource, actions } = grant;
  const offered = catalogue.filter((entry) => entry.resource === resource);
  const known = offered.map(({ action }) => action);
  // What an older line names stays to be seen, and to be taken out.
  const all = [...known, ...actions.filter((action) => !known.includes(action) && action !== '*'), '*'];
  const toggle = (action: string): void => onChange(actions.includes(action) ? actions.filter((each) => each !== action) : [...actions, action]);
  return (
    <div className="checks" role="group" aria-label="Actions">
      {all.map((action) => {
        const entry = offered.find((each) => each.action === action);
        return (
          <label key={action} className="check" title={action === '*' ? 'Every action, also those still to come' : entry?.description}>
            <input type="checkbox" checked={actions.includes(action)} onChange={() => toggle(action)} />
            {action === '*' ? '* (all)' : action}
            {entry?.planned && <small> planned</small>}
          </label>
        );
      })}
    </div>
  );
}
