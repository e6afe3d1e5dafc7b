import { newId } from '@vss/runtime';
import type { Reply } from '../identity.fixture.js';

const FIELDS = 'id name description version permissionVersion system userCount grants { resource actions scope effect conditions { fields protocols maxConcurrent maxDurationSec } }';
export const CREATE = `mutation($input: RoleCreateInput!) { roleCreate(input: $input) { role { ${FIELDS} } userErrors { code message field } } }`;
export const UPDATE = `mutation($input: RoleUpdateInput!) { roleUpdate(input: $input) { role { ${FIELDS} } userErrors { code message field } } }`;
export const DELETE = `mutation($input: RoleDeleteInput!) { roleDelete(input: $input) { deletedRoleId userErrors { code message field } } }`;
export const DIFF = `query($roleId: ID, $grants: [GrantInput!]!) { roleDiff(roleId: $roleId, grants: $grants) {
  gained { permission description scope before conditions { maxConcurrent } conditionsBefore { maxConcurrent } } lost { permission scope before } usersTouched removesLastAdministrator beyondOwn } }`;
export const VERSIONS = `query($id: ID!) { role(id: $id) { versions { totalCount nodes { version permissionVersion name at actor { id } grants { resource actions scope } } } } }`;

export interface Line {
  resource: string;
  actions: string[];
  scope: string;
  effect?: string;
  conditions?: object;
}
export const line = (text: string, scope = 'CENTER', more: Partial<Line> = {}): Line => {
  const [resource = '', actions = ''] = text.split(':');
  return { resource, actions: actions.split(','), scope, ...more };
};
/** Ids are of letters and digits, as names of roles are. */
export const aName = (): string => newId('r').replace('_', '-');

/** The code of what was wrong, of whichever kind, or DONE. */
export const outcomeOf = ({ data, errors }: Reply): unknown => errors?.[0]?.extensions?.['code'] ?? (data.roleCreate ?? data.roleUpdate ?? data.roleDelete).userErrors[0]?.code ?? 'DONE';
