import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { keepOwnersDescriptions } from './descriptions.ts';
import { Refusal } from './refusal.ts';

/** What Apollo's composition says of one problem; the parts of its errors and hints that are used here. */
interface Finding {
  readonly message: string;
  /** Of an error; a hint has a definition. */
  readonly extensions?: { readonly code?: string };
  readonly definition?: { readonly code: string };
  readonly coordinate?: string | undefined;
}

/** What to do, by the beginning of a problem's code. */
const ADVICE: Readonly<Record<string, string>> = {
  INVALID_FIELD_SHARING: "Let one subgraph alone answer it, or mark it @Directive('@shareable') in each that does.",
  FIELD_TYPE_MISMATCH: 'Declare the same type in each subgraph.',
  FIELD_ARGUMENT_TYPE_MISMATCH: 'Declare the same type of the argument in each subgraph.',
  REQUIRED_: 'Declare it in each subgraph, or make it nullable.',
  ENUM_VALUE_MISMATCH: 'List the same values in each subgraph: clients both send and receive this enum.',
  KEY_: 'A @key names fields that its own class has, without arguments.',
  EXTERNAL_: '@external is for a field that another subgraph owns: its owner declares it without.',
  REQUIRES_: '@requires names fields that the class has as @external.',
  PROVIDES_: '@provides names fields of the type returned, which that subgraph has as @external.',
  SATISFIABILITY_ERROR: 'Give the type a @key (with a reference resolver) in the subgraph that has the field, or move the field.',
  INCONSISTENT_: 'Declare it alike in each subgraph: what differs is left out of the graph that clients see.',
  INVALID_GRAPHQL: 'The subgraph prints what is not GraphQL: a class that is not listed, or a name that is misspelt.',
};

/**
 * One supergraph of the subgraphs' SDL. Where they do not make one, the refusal names each problem, where it is, and what
 * to change. A hint is a difference that somebody did not mean, and fails like an error.
 */
export function compose(sdls: Readonly<Record<string, string>>, root: string): string {
  const documents = keepOwnersDescriptions(Object.entries(sdls).map(([name, sdl]) => parseSdl(name, sdl)));
  const services = Object.keys(sdls).map((name, index) => ({ name, url: `http://127.0.0.1:${4001 + index}/graphql`, typeDefs: documents[index] ?? parse('') }));
  const { supergraphSdl, errors, hints } = composeServices(services);
  const findings = [...(errors ?? []), ...(hints ?? [])] as readonly Finding[];
  if (!supergraphSdl || findings.length > 0) throw new Refusal(explain(findings, Object.keys(sdls), root));
  return `${supergraphSdl}\n`;
}

function parseSdl(name: string, sdl: string) {
  try {
    return parse(sdl);
  } catch (error) {
    throw new Refusal(`The subgraph ${name} prints what is no GraphQL: ${(error as Error).message}`, { cause: error });
  }
}

function explain(findings: readonly Finding[], names: readonly string[], root: string): string {
  const count = findings.length === 1 ? 'one problem' : `${findings.length} problems`;
  return [`The subgraphs do not compose: ${count}.`, ...findings.map((finding, index) => explainOne(finding, index + 1, names, root))].join('\n\n');
}

function explainOne({ message, extensions, definition, coordinate }: Finding, number: number, names: readonly string[], root: string): string {
  const code = extensions?.code ?? definition?.code ?? 'INVALID_GRAPHQL';
  const at = coordinate ?? coordinateIn(message);
  const files = names.filter((name) => message.includes(`"${name}"`) || message.includes(`[${name}]`)).map((name) => `   ${name}: ${fileOf(root, name, at)}`);
  const advice = Object.entries(ADVICE).find(([prefix]) => code.startsWith(prefix))?.[1];
  const text = message.split('\n').map((line) => `   ${line}`);
  return [`${number}. ${code}${at ? ` at ${at}` : ''}`, ...text, ...files, ...(advice ? [`   ${advice}`] : [])].join('\n');
}

/** Where a problem is, by its message: an enum is told with the fields that use it, anything else by its own name first. */
const coordinateIn = (message: string): string | undefined =>
  (/^Enum type "(\w+)"/.exec(message) ?? /"(\w+\.\w+(?:\(\w+:\))?)"/.exec(message) ?? /[Tt]ype "(\w+)"/.exec(message))?.[1];

/** The file of a subgraph that declares the type and, where one is named, its field; the folder where that is not to be seen. */
function fileOf(root: string, subgraph: string, coordinate: string | undefined): string {
  const folder = `subgraphs/${subgraph}/src`;
  if (!coordinate) return folder;
  const [type = '', field = ''] = coordinate.split(/[.(]/);
  const isRoot = /^(Query|Mutation|Subscription)$/.test(type);
  const declaresType = new RegExp(`^export class ${type}\\b|\\('${type}'|name: '${type}'`, 'm');
  const mentionsType = isRoot ? /@Resolver/ : new RegExp(`\\b${type}(Stub)?\\b`);
  const declaresField = new RegExp(`^  (async )?\\*?${field}[(!?:]`, 'm');
  const files = globSync(`${folder}/**/*.ts`, { cwd: root, exclude: (path) => path.endsWith('.test.ts') }).sort();
  const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
  const holder = field && files.find((file) => mentionsType.test(textOf(file)) && declaresField.test(textOf(file)));
  return holder || (files.find((file) => declaresType.test(textOf(file))) ?? folder);
}
