import type { Row } from './merge.js';

/** Where a fetch's entities are: response keys, and `@` for each item of a list. */
export type PlanPath = readonly (string | number)[];
export type DataPath = readonly (string | number)[];

/** The objects at a path, in the order of the data. */
export function collectTargets(root: Row, path: PlanPath): Row[] {
  const found: Row[] = [];
  visitTargets(root, path, (target) => void found.push(target));
  return found;
}

/** Where each of them is, in the same order. Only errors need to know. */
export function pathsOfTargets(root: Row, path: PlanPath): DataPath[] {
  const found: DataPath[] = [];
  visitTargets(root, path, (_target, at) => void found.push([...at]));
  return found;
}

function visitTargets(root: Row, path: PlanPath, visit: (target: Row, at: DataPath) => void): void {
  const at: (string | number)[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      const next = path[depth] === '@' ? depth + 1 : depth;
      for (const [index, item] of value.entries()) {
        at.push(index);
        walk(item, next);
        at.pop();
      }
      return;
    }
    const key = path[depth];
    if (key === undefined) return visit(value as Row, at);
    at.push(key);
    if (Object.hasOwn(value, key)) walk((value as Row)[String(key)], depth + 1);
    at.pop();
  };
  walk(root, 0);
}
