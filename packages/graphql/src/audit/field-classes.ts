/**
 * What the audit may keep of a column: its values, or only that it changed. Of a column that is not named nothing is
 * kept, so that one that was forgotten gives nothing away.
 */
export interface FieldClasses<Entity extends object> {
  readonly plain?: readonly (keyof Entity & string)[];
  /** About a person: who may want it erased, while the audit cannot be changed any more. */
  readonly personal?: readonly (keyof Entity & string)[];
  readonly secret?: readonly (keyof Entity & string)[];
}

export type FieldClass = keyof FieldClasses<object>;

const classes = new WeakMap<object, ReadonlyMap<string, FieldClass>>();

/** Says beside an entity what the audit may keep of its columns. */
export function Audited<Entity extends object>(fields: FieldClasses<Entity>): (entity: abstract new (...args: never[]) => Entity) => void {
  const byName = new Map<string, FieldClass>();
  for (const kind of ['plain', 'personal', 'secret'] as const) for (const name of fields[kind] ?? []) byName.set(name, kind);
  return (entity) => void classes.set(entity, byName);
}

export const classOfField = (entity: object, field: string): FieldClass | undefined => classes.get(entity)?.get(field);
