const HIDDEN = '•••';

/**
 * An address as it is shown to who may not see it: `o•••@e•••.org`. Enough to tell two colleagues apart, too little to
 * write to them; the number of hidden letters is always the same.
 */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return HIDDEN;
  const [name, domain] = [email.slice(0, at), email.slice(at + 1)];
  const dot = domain.lastIndexOf('.');
  return `${firstOf(name)}${HIDDEN}@${firstOf(domain)}${HIDDEN}${dot > 0 ? domain.slice(dot) : ''}`;
}

/** A number as it is shown to who may not see it: its last two digits, e.g. `+•••67`. */
export const maskedPhone = (phone: string): string => `+${HIDDEN}${phone.slice(-2)}`;

// A letter outside the first plane is two code units: half of one would be no letter.
const firstOf = (text: string): string => Array.from(text)[0] ?? '';
