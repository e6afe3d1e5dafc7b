import { interfacesOf, membersIn, type EntityModel, type FieldModel, type InterfaceModel, type Model, type TypeModel } from './model.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"])';

/** What may be named by any field and is the same in every subgraph. */
const SHARED: Record<string, string> = {
  Any: 'scalar Any',
  Color: 'enum Color { RED GREEN BLUE SECRET @inaccessible }',
  Filter: 'input Filter { n: Int = 1 s: String colors: [Color!] inner: Filter }',
};

/** The SDL of one subgraph: what it owns, and everything that those fields lead to, as stubs where it owns no more of it. */
export function renderSubgraph(model: Model, subgraph: string): string {
  const present = presentTypes(model, subgraph);
  const parts = [LINK];
  for (const [root, fields] of [['Query', model.queries], ['Mutation', model.mutations]] as const) {
    const own = fields.filter((field) => isPlaced(field, subgraph));
    if (own.length > 0) parts.push(`type ${root} {\n${own.map((field) => renderField(field, subgraph)).join('\n')}\n}`);
  }
  for (const name of present) {
    const type = model.types.get(name);
    if (type) parts.push(renderType(model, type, subgraph, present));
  }
  const text = parts.join('\n\n');
  // Filter names Color.
  const used = Object.keys(SHARED).filter((name) => new RegExp(`\\b${name}\\b`).test(text) || (name === 'Color' && /\bFilter\b/.test(text)));
  return [text, ...used.map((name) => SHARED[name])].join('\n\n');
}

const isPlaced = (field: FieldModel, subgraph: string): boolean => field.owners.includes(subgraph) || field.externalIn.has(subgraph) || field.override?.from === subgraph;

/** Fields of a type as this subgraph has them, its interfaces' included. */
function placedFields(model: Model, type: TypeModel, subgraph: string): readonly FieldModel[] {
  if (type.kind === 'union') return [];
  if (type.kind === 'value') return [...type.fields, ...inherited(model, type.name, subgraph)];
  if (type.kind === 'interface') return isObjectIn(type, subgraph) ? (type.object?.fields ?? []) : type.fields.filter((field) => isPlaced(field, subgraph) || field === type.fields[0]);
  const keys = keysIn(type, subgraph).join(' ');
  const keyFields = type.keyFields.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(keys));
  return [...keyFields, ...type.fields.filter((field) => isPlaced(field, subgraph)), ...inherited(model, type.name, subgraph)];
}

function inherited(model: Model, name: string, subgraph: string): FieldModel[] {
  const present = presentTypes(model, subgraph);
  return interfacesOf(model, name, subgraph)
    .filter((type) => present.has(type.name) && !isObjectIn(type, subgraph))
    .flatMap((type) => [...placedFields(model, type, subgraph)]);
}

const keysIn = (type: EntityModel, subgraph: string): readonly string[] => (type.unresolvableIn.has(subgraph) ? type.keys : type.keys.slice(0, type.homes.get(subgraph) ?? 1));
const isObjectIn = (type: InterfaceModel, subgraph: string): boolean => type.object?.subgraph === subgraph;

const presentOf = new WeakMap<Model, Map<string, ReadonlySet<string>>>();

/** Names of the types that the subgraph defines. */
export function presentTypes(model: Model, subgraph: string): ReadonlySet<string> {
  const known = presentOf.get(model) ?? new Map<string, ReadonlySet<string>>();
  presentOf.set(model, known);
  const found = known.get(subgraph);
  if (found) return found;
  const present = new Set<string>();
  const enter = (name: string): void => {
    const type = model.types.get(name);
    if (!type || present.has(name)) return;
    present.add(name);
    if (type.kind === 'interface' && isObjectIn(type, subgraph)) return type.object?.fields.forEach((field) => enter(field.type));
    if (type.kind === 'interface' || type.kind === 'union') membersIn(type, subgraph).forEach(enter);
    if (type.kind === 'value') interfacesOf(model, name).forEach((above) => enter(above.name));
    if (type.kind === 'union') return;
    if (type.kind === 'entity') type.keyFields.filter(({ name: key }) => keysIn(type, subgraph).join(' ').includes(key)).forEach((field) => enter(field.type));
    type.fields.filter((field) => type.kind === 'value' || isPlaced(field, subgraph)).forEach((field) => enter(field.type));
  };
  for (const field of [...model.queries, ...model.mutations]) if (isPlaced(field, subgraph)) enter(field.type);
  for (const type of model.types.values()) {
    if (type.kind === 'entity' && type.homes.has(subgraph)) enter(type.name);
    if (type.kind === 'interface' && (type.object?.subgraph === subgraph || type.home === subgraph || type.fields.some((field, index) => index > 0 && isPlaced(field, subgraph)))) enter(type.name);
  }
  known.set(subgraph, present);
  return present;
}

function renderType(model: Model, type: TypeModel, subgraph: string, present: ReadonlySet<string>): string {
  if (type.kind === 'union') return `union ${type.name} = ${membersIn(type, subgraph).join(' | ')}`;
  const fields = [...new Map(placedFields(model, type, subgraph).map((field) => [field.name, field])).values()];
  const body = (extra = ''): string => `{\n${extra}${fields.map((field) => renderField(field, subgraph, type.kind)).join('\n')}\n}`;
  if (type.kind === 'interface') {
    if (isObjectIn(type, subgraph)) return `type ${type.name} @interfaceObject @key(fields: "id") ${body('  id: ID!\n')}`;
    return type.object && type.home === subgraph ? `interface ${type.name} @key(fields: "id") ${body('  id: ID!\n')}` : `interface ${type.name} ${body()}`;
  }
  const above = interfacesOf(model, type.name, subgraph).filter(({ name }) => present.has(name)).map(({ name }) => name);
  const head = `type ${type.name}${above.length > 0 ? ` implements ${above.join(' & ')}` : ''}`;
  return type.kind === 'value' ? `${head} @shareable ${body()}` : `${head} ${renderKeys(type, subgraph)} ${body()}`;
}

/** A stub is entered by no key, a home by its first ones. */
function renderKeys(type: EntityModel, subgraph: string): string {
  const resolvable = type.homes.get(subgraph) ?? 0;
  return keysIn(type, subgraph).map((key, index) => `@key(fields: "${key}"${index < resolvable ? '' : ', resolvable: false'})`).join(' ');
}

function renderField(field: FieldModel, subgraph: string, kind: TypeModel['kind'] | 'root' = 'root'): string {
  const args = field.arguments.length > 0 ? `(${field.arguments.map(({ name, sdl }) => `${name}: ${sdl}`).join(', ')})` : '';
  const isOwner = field.owners.includes(subgraph);
  const marks: string[] = [];
  if (kind !== 'interface' && kind !== 'value' && isOwner && (field.isShareable || field.owners.length > 1)) marks.push('@shareable');
  if (field.externalIn.has(subgraph)) marks.push('@external');
  if (isOwner && field.requires) marks.push(`@requires(fields: ${JSON.stringify(field.requires)})`);
  if (isOwner && field.provides) marks.push(`@provides(fields: ${JSON.stringify(field.provides)})`);
  if (isOwner && field.override) marks.push(`@override(from: "${field.override.from}"${field.override.label ? `, label: "${field.override.label}"` : ''})`);
  if (field.isInaccessible && !field.externalIn.has(subgraph)) marks.push('@inaccessible');
  const isLoose = field.looseIn === subgraph || (kind === 'interface' && field.isLooseAbove);
  return `  ${field.name}${args}: ${isLoose ? typeText(field).replace(/!$/, '') : typeText(field)}${marks.map((mark) => ` ${mark}`).join('')}`;
}

const typeText = ({ wrap, type }: Pick<FieldModel, 'wrap' | 'type'>): string => wrap.replace('*', type);
