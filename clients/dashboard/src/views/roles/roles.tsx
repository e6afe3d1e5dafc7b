import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { RoleListDocument, type RoleRowFragment } from '../../generated/operations.js';
import { useEvery, useKept } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { Table, type Column } from '../../parts/table.js';
import { go, linkTo, pathOf, useRoute } from '../../route.js';
import { useSession } from '../../session.js';
import { NewRole } from './new-role.js';
import { RolePage } from './role-page.js';

const REFRESH_EVERY_MS = 10_000;
const NEW = 'new';

const COLUMNS: readonly Column<RoleRowFragment>[] = [
  {
    title: 'Role',
    cell: ({ id, name, system }) => (
      <>
        <a {...linkTo(pathOf('roles', id))}>{name}</a> {system && <span className="tag">system</span>}
      </>
    ),
  },
  { title: 'What for', isWide: true, cell: ({ description }) => description },
  { title: 'Users', cell: ({ userCount }) => userCount },
  { title: 'Version', isWide: true, cell: ({ version }) => version },
];

/** `/roles`, `/roles/new` (with `#role_…`: as a copy of that one), `/roles/role_…`. */
export function RolesView(): ReactNode {
  const { item, fragment } = useRoute();
  if (item === NEW) return <NewRole key={fragment} copyOf={fragment || undefined} />;
  return item ? <RolePage key={item} id={item} /> : <RoleList />;
}

function RoleList(): ReactNode {
  const { may } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: RoleListDocument, requestPolicy: 'cache-and-network' });
  useEvery(REFRESH_EVERY_MS, () => readAgain({ requestPolicy: 'network-only' }));
  return (
    <section className="stack">
      {may('roles:create') && (
        <div className="actions">
          <button type="button" className="primary" onClick={() => go(pathOf('roles', NEW))}>
            New role
          </button>
        </div>
      )}
      <Refusals error={error} />
      <Table name="role" columns={COLUMNS} rows={useKept(data)?.roles} empty="No roles" />
    </section>
  );
}
