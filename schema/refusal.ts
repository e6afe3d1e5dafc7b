/** What somebody can put right in a subgraph, a change file or an argument: told without a stack. */
export class Refusal extends Error {}
