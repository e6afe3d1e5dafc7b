import { readFileSync, writeFileSync } from 'node:fs';

const LINK = '@link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)';
const DIRECTIVE = `directive @access(permission: String!, scope: access__Scope) on OBJECT | FIELD_DEFINITION
enum access__Scope @join__type(graph: ACCOUNTS) { ${['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL'].map((scope) => `${scope} @join__enumValue(graph: ACCOUNTS)`).join(' ')} }
`;
/** What each type and field of W2 asks for. The token's role has it. */
const RULES: readonly [place: RegExp, rule: string][] = [
  [/(\n {2}me\(seed: String\): User )/, '$1@access(permission: "authenticated") '],
  [/(\ntype User\n)/, '$1  @access(permission: "directory:read", scope: CENTER)\n'],
  [/(\n {2}name: String )(?=@join__field\(graph: ACCOUNTS\))/, '$1@access(permission: "users:read", scope: CENTER) '],
];

/** The supergraph with a rule on everything that W2 asks for, as ours has on everything: the benchmark's own has none. */
export function writeRuled(from: string, to: string): string {
  let text = readFileSync(from, 'utf8').replace(LINK, `${LINK}\n  @link(url: "https://specs.vss.dev/access/v1.0", import: ["@access"])`);
  text = text.replace('\ndirective @join__enumValue', `\n${DIRECTIVE}\ndirective @join__enumValue`);
  for (const [place, rule] of RULES) {
    if (!place.test(text)) throw new Error(`The supergraph of the benchmark has changed: ${place.source} is not there`);
    text = text.replace(place, rule);
  }
  writeFileSync(to, text);
  return to;
}
