import { useState, type ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { ChangeRoleDocument, PermissionCatalogueDocument, RemoveRoleDocument, RoleDetailDocument, type RoleDetailQuery, type RoleUpdateInput } from '../../generated/operations.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf, useKept } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { go, linkTo, pathOf } from '../../route.js';
import { useSession } from '../../session.js';
import { GrantEditor } from './grant-editor.js';
import { draftOf, inputOf, lineInWords, type Catalogue, type GrantDraft } from './grants.js';
import { RoleDiff } from './role-diff.js';
import { RoleVersions } from './role-versions.js';

export type DetailedRole = RoleDetailQuery['role'];

/** One role: its lines, their history, and its change in two steps: first what it would do, then the saving. */
export function RolePage({ id }: { id: string }): ReactNode {
  const [{ data, error }, readAgain] = useQuery({ query: RoleDetailDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const [{ data: catalogue, error: noCatalogue }] = useQuery({ query: PermissionCatalogueDocument });
  const role = useKept(data)?.role;
  return (
    <div className="stack">
      <a {...linkTo(pathOf('roles'))}>‹ All roles</a>
      <Refusals error={error ?? noCatalogue} />
      {role && catalogue && <Role key={role.version} role={role} catalogue={catalogue.permissions} onChanged={() => readAgain({ requestPolicy: 'network-only' })} />}
    </div>
  );
}

function Role({ role, catalogue, onChanged }: { role: DetailedRole; catalogue: Catalogue; onChanged: () => void }): ReactNode {
  const { may } = useSession();
  const [grants, setGrants] = useState<readonly GrantDraft[]>(() => (role.grants ?? []).map(draftOf));
  const mayEdit = may('roles:update') && !role.system;
  return (
    <>
      <header className="row">
        <h1>
          {role.name} {role.system && <span className="tag">system</span>}
        </h1>
        <small>
          version {role.version} · {role.userCount} users
        </small>
      </header>
      <p className="hint">{role.description}</p>
      <div className="actions">
        {may('roles:create') && (
          <button type="button" onClick={() => go(pathOf('roles', 'new', role.id))}>
            Copy to a new role
          </button>
        )}
        {mayEdit && (
          <DialogButton label="Rename">{(close) => <RenameForm role={role} onDone={() => (close(), onChanged())} />}</DialogButton>
        )}
        {may('roles:delete') && !role.system && (
          <DialogButton label="Delete" title={`Delete ${role.name}`} isDanger>
            {() => <DeleteForm role={role} />}
          </DialogButton>
        )}
      </div>
      {mayEdit ? (
        <>
          <GrantEditor grants={grants} catalogue={catalogue} onChange={setGrants} />
          <div className="actions">
            <DialogButton label="Review changes" title={`What changes for ${role.name}`} isPrimary>
              {(close) => <SaveForm role={role} grants={grants} onDone={() => (close(), onChanged())} />}
            </DialogButton>
          </div>
        </>
      ) : (
        <GrantLines role={role} />
      )}
      <RoleVersions role={role} onTake={mayEdit ? setGrants : undefined} />
    </>
  );
}

function GrantLines({ role }: { role: DetailedRole }): ReactNode {
  return (
    <section className="stack" aria-label="Grants">
      {role.system && <p className="hint">A role of the platform itself: it stays as it is. Copy it to make another one of it.</p>}
      <ul className="notes">
        {role.grants?.map((grant) => (
          <li key={lineInWords(grant)}>{lineInWords(grant)}</li>
        ))}
      </ul>
    </section>
  );
}

function SaveForm({ role, grants, onDone }: { role: DetailedRole; grants: readonly GrantDraft[]; onDone: () => void }): ReactNode {
  const [wanted] = useState(() => grants.map(inputOf));
  const [{ data, error, fetching }, changeRole] = useMutation(ChangeRoleDocument);
  const save = async (): Promise<void> => {
    const saved = await changeRole({ input: { id: role.id, expectedVersion: role.version ?? 0, grants: wanted } });
    if (saved.data?.roleUpdate.role) onDone();
  };
  return (
    <Form action="Save" isBusy={fetching} refusals={data?.roleUpdate.userErrors} error={error} onSend={save}>
      <RoleDiff roleId={role.id} grants={wanted} />
    </Form>
  );
}

function RenameForm({ role, onDone }: { role: DetailedRole; onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, changeRole] = useMutation(ChangeRoleDocument);
  const save = async (fields: FormData): Promise<void> => {
    const input: RoleUpdateInput = { id: role.id, expectedVersion: role.version ?? 0, name: textOf(fields, 'name'), description: textOf(fields, 'description') };
    if ((await changeRole({ input })).data?.roleUpdate.role) onDone();
  };
  return (
    <Form action="Save" isBusy={fetching} refusals={data?.roleUpdate.userErrors} error={error} onSend={save}>
      <RoleNameFields name={role.name} description={role.description} />
    </Form>
  );
}

export function RoleNameFields({ name, description }: { name?: string; description?: string }): ReactNode {
  return (
    <>
      <label>
        Name
        <input name="name" defaultValue={name} required maxLength={64} autoComplete="off" />
      </label>
      <label>
        What for
        <input name="description" defaultValue={description} required maxLength={500} autoComplete="off" />
      </label>
    </>
  );
}

function DeleteForm({ role }: { role: DetailedRole }): ReactNode {
  const [{ data, error, fetching }, removeRole] = useMutation(RemoveRoleDocument);
  const remove = async (): Promise<void> => {
    const removed = await removeRole({ input: { id: role.id, expectedVersion: role.version ?? 0 } });
    if (removed.data && removed.data.roleDelete.userErrors.length === 0) go(pathOf('roles'));
  };
  return (
    <Form action="Delete" isDanger isBusy={fetching} refusals={data?.roleDelete.userErrors} error={error} onSend={remove}>
      <p className="hint">Only a role that nobody holds can be deleted.</p>
    </Form>
  );
}
