import { useState, type ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { AddRoleDocument, PermissionCatalogueDocument, RoleDetailDocument } from '../../generated/operations.js';
import { Dialog } from '../../parts/dialog.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { go, linkTo, pathOf } from '../../route.js';
import { GrantEditor } from './grant-editor.js';
import { draftOf, inputOf, type Catalogue, type GrantDraft } from './grants.js';
import { RoleDiff } from './role-diff.js';
import { RoleNameFields } from './role-page.js';

/** A role that is not there yet, empty or with the lines of another one. */
export function NewRole({ copyOf }: { copyOf: string | undefined }): ReactNode {
  const [{ data, error }] = useQuery({ query: PermissionCatalogueDocument });
  const [{ data: source, error: noSource }] = useQuery({ query: RoleDetailDocument, variables: { id: copyOf ?? '' }, pause: !copyOf });
  const isReady = data && (!copyOf || source);
  return (
    <div className="stack">
      <a {...linkTo(pathOf('roles'))}>‹ All roles</a>
      <h1>{source ? `A copy of ${source.role.name}` : 'New role'}</h1>
      <Refusals error={error ?? noSource} />
      {isReady && <Draft catalogue={data.permissions} initial={(source?.role.grants ?? []).map(draftOf)} />}
    </div>
  );
}

function Draft({ catalogue, initial }: { catalogue: Catalogue; initial: readonly GrantDraft[] }): ReactNode {
  const [grants, setGrants] = useState(initial);
  const [named, setNamed] = useState<{ name: string; description: string }>();
  const [{ data, error, fetching }, addRole] = useMutation(AddRoleDocument);
  const review = (fields: FormData): void => setNamed({ name: textOf(fields, 'name'), description: textOf(fields, 'description') });
  const create = async (): Promise<void> => {
    if (!named) return;
    const added = await addRole({ input: { ...named, grants: grants.map(inputOf) } });
    if (added.data?.roleCreate.role) go(pathOf('roles', added.data.roleCreate.role.id));
  };
  return (
    <>
      <Form action="Review" onSend={review}>
        <RoleNameFields />
        <GrantEditor grants={grants} catalogue={catalogue} onChange={setGrants} />
      </Form>
      {named && (
        <Dialog title={`What ${named.name} may do`} onClose={() => setNamed(undefined)}>
          <Form action="Create role" isBusy={fetching} refusals={data?.roleCreate.userErrors} error={error} onSend={create}>
            <RoleDiff roleId={null} grants={grants.map(inputOf)} />
          </Form>
        </Dialog>
      )}
    </>
  );
}
