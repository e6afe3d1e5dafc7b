import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner';

const NUMBER = /__\d+$/;

/**
 * The planner ends the name of each fetch's operation in a number, so that fetches which ask the same of a subgraph are
 * texts apart. Without it they are equal, and one request serves those that are under way together. Changes the plan.
 */
export function nameAlike<Node extends PlanNode | SubscriptionNode | undefined>(node: Node): Node {
  if (node) visitFetches(node, rename);
  return node;
}

function rename(fetch: FetchNode): void {
  const { operationName, operation } = fetch;
  const name = operationName?.replace(NUMBER, '');
  if (!operationName || !name || name === operationName) return;
  fetch.operationName = name;
  // The name comes before anything else that could be mistaken for it.
  fetch.operation = operation.replace(operationName, name);
}

function visitFetches(node: PlanNode | SubscriptionNode, visit: (fetch: FetchNode) => void): void {
  switch (node.kind) {
    case 'Fetch':
      return visit(node);
    case 'Flatten':
      return visitFetches(node.node, visit);
    case 'Sequence':
    case 'Parallel':
      for (const child of node.nodes) visitFetches(child, visit);
      return;
    case 'Subscription':
      visit(node.primary);
      if (node.rest) visitFetches(node.rest, visit);
      return;
    case 'Condition':
    case 'Defer':
      // Neither is planned.
      return;
  }
}
