import { grantProblems, MOST_GRANTS, resolveGrants, type Grant } from '@vss/auth';
import { UserError } from '@vss/runtime';

// Programs, tokens and other subgraphs call a role by its name: short, and of letters that look like no others.
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const NAME_MAX_LENGTH = 40;
const DESCRIPTION_MAX_LENGTH = 500;

export function assertRoleName(name: string, field: readonly string[] = ['input', 'name']): string {
  if (name.length >= 2 && name.length <= NAME_MAX_LENGTH && NAME.test(name)) return name;
  throw new UserError('ROLE_NAME_INVALID', `A role's name has 2 to ${NAME_MAX_LENGTH} signs: Latin letters in lower case, digits, and single hyphens between them`, field);
}

export function assertDescription(description: string, field: readonly string[] = ['input', 'description']): string {
  const trimmed = description.trim();
  if (trimmed.length >= 1 && trimmed.length <= DESCRIPTION_MAX_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(trimmed)) return trimmed;
  throw new UserError('DESCRIPTION_INVALID', `A description has 1 to ${DESCRIPTION_MAX_LENGTH} printable characters`, field);
}

/** Lines that can be kept as a role's. The error names the first that cannot, and what to change in it. */
export function assertGrants(grants: readonly Grant[], field: readonly string[] = ['input', 'grants']): readonly Grant[] {
  if (grants.length > MOST_GRANTS) throw new UserError('GRANT_INVALID', `A role has at most ${MOST_GRANTS} lines`, field);
  const [problem] = grantProblems(grants);
  if (problem) throw new UserError('GRANT_INVALID', problem.message, [...field, String(problem.line), problem.field]);
  return grants;
}

/** What the holders of a role may do, as it is told to those who keep it: in tokens, and when it changes. */
export const rightsOf = ({ name, permissionVersion, grants }: { readonly name: string; readonly permissionVersion: number; readonly grants: readonly Grant[] }) => ({
  role: name,
  permissionVersion,
  grants: resolveGrants(grants),
});

// PostgreSQL keeps jsonb with its keys in an order of its own.
export function sameGrants(a: unknown, b: unknown): boolean {
  const inOrder = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inOrder);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)).map(([key, each]) => [key, inOrder(each)]));
  };
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}
