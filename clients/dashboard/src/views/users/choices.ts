import { useQuery } from 'urql';
import { RoleNamesDocument, TeamListDocument, type RoleNamesQuery } from '../../generated/operations.js';
import { useSession } from '../../session.js';

export interface Choices {
  roles: RoleNamesQuery['roles'];
  teams: readonly { id: string; name: string }[];
}

/** The roles and teams to choose from, as far as this user may see them. */
export function useChoices(): Choices {
  const { may } = useSession();
  const [{ data: roles }] = useQuery({ query: RoleNamesDocument, pause: !may('roles:read') });
  const [{ data: teams }] = useQuery({ query: TeamListDocument, pause: !may('teams:read') });
  return { roles: roles?.roles ?? [], teams: teams?.teams.nodes ?? [] };
}
