import { UserError } from '@vss/runtime';

/** So many teams one user is in at most: every token carries them. */
export const MOST_TEAMS = 50;
/** So many members a team has at most: each who comes or goes is told of within one transaction. */
export const MOST_MEMBERS = 500;
const NAME_MAX_LENGTH = 80;
const DESCRIPTION_MAX_LENGTH = 500;

/** One spelling for a name: two that look alike are one. */
export function assertTeamName(typed: string): string {
  const name = typed.normalize('NFKC').trim().replaceAll(/\s+/g, ' ');
  if (name.length >= 1 && name.length <= NAME_MAX_LENGTH && !/\p{Cc}/u.test(name)) return name;
  throw new UserError('TEAM_NAME_INVALID', `A team's name has 1 to ${NAME_MAX_LENGTH} printable characters`, ['input', 'name']);
}

export function assertDescription(typed: string): string {
  const description = typed.trim();
  if (description.length <= DESCRIPTION_MAX_LENGTH && !description.includes('\0')) return description;
  throw new UserError('INPUT_INVALID', `A description has at most ${DESCRIPTION_MAX_LENGTH} characters`, ['input', 'description']);
}
