import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { PermissionCatalogueDocument } from '../../generated/operations.js';
import { Suggest } from '../../parts/suggest.js';

/** One right by its name, of all that there are. */
export function PermissionField(): ReactNode {
  const [{ data }] = useQuery({ query: PermissionCatalogueDocument });
  return <Suggest label="Right" name="permission" placeholder="calls:read" required options={data?.permissions.map(({ permission, description }) => ({ value: permission, label: description })) ?? []} />;
}
