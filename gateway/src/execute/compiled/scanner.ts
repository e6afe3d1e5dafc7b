import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString, isEnumType, isLeafType, isListType, isNonNullType, type GraphQLEnumType, type GraphQLLeafType, type GraphQLOutputType } from 'graphql';
import type { Place, Places } from './places.js';
import type { SelectedField, Selection } from './selection.js';
import { childPath, type FetchStep } from './steps.js';

export const slot = (key: string): string => `$${key}`;
const text = JSON.stringify;

/** Statements that move `p` behind a text that must stand there. */
function expect(literal: string): string {
  const differs = Array.from(Buffer.from(literal), (code, at) => `b[p + ${at}] !== ${code}`).join(' || ');
  return `if (${differs}) return -1; p += ${literal.length};`;
}
const end = (name: string): string => `p = ${name}(b, p); if (p < 0) return -1;`;

/**
 * Writes the functions that read the answers. Each walks the bytes of one kind of object, checks that every key and value
 * is where the fetch's selection puts it, and cuts what is needed out of the same bytes as text:
 *
 *     function o3(b, p) {                                // {"id":7,"product":{…}}
 *       const n = new N1();
 *       if (b[p] !== 123 || b[p + 1] !== 34 || …) return -1; p += 6;
 *       { const a = p; p = endOfInt(b, p); if (p < 0) return -1; n.$id = T.slice(a, p); }
 *       …
 *       R = n; return p;                                 // the position behind it
 *     }
 *
 * -1 stands for "not as expected", and the plain path takes over. `T` is the whole answer as text of one character a
 * byte. `A` collects the pieces of a value that holds nodes: text, node, text, node, … `L` is where the text since the
 * last node begins. `S` has the nodes that were found, by place.
 */
export function createScannerWriter(places: Places) {
  const functions: string[] = [];
  const enums: GraphQLEnumType[] = [];
  const enumIndex = (type: GraphQLEnumType): number => (enums.includes(type) ? enums.indexOf(type) : enums.push(type) - 1);

  function leaf(type: GraphQLLeafType): string {
    if (isEnumType(type)) return `{ const v = p; ${end('endOfString')} if (!E[${enumIndex(type)}].has(T.slice(v + 1, p - 1))) return -1; }`;
    switch (type.name) {
      case GraphQLString.name:
      case GraphQLID.name:
        return end('endOfString');
      case GraphQLInt.name:
        return end('endOfInt');
      case GraphQLFloat.name:
        return end('endOfNumber');
      case GraphQLBoolean.name:
        return end('endOfBoolean');
      default:
        return end('endOfValue');
    }
  }

  /** Statements that move `p` behind a value. */
  function value(type: GraphQLOutputType, item: (named: GraphQLOutputType) => string): string {
    if (isNonNullType(type)) return present(type.ofType, item);
    return `if (b[p] === 110) { ${end('endOfNull')} } else { ${present(type, item)} }`;
  }
  function present(type: GraphQLOutputType, item: (named: GraphQLOutputType) => string): string {
    if (!isListType(type)) return item(type);
    return `if (b[p++] !== 91) return -1;
      if (b[p] === 93) p++;
      else for (;;) { ${value(type.ofType, item)} const d = b[p++]; if (d === 93) break; if (d !== 44) return -1; }`;
  }

  /** Statements that move `p` behind a field's value; nodes within it are collected where there is a list for them. */
  function fieldValue(field: SelectedField, typeName: string, path: string): string {
    const { inner, type, key } = field;
    if (!type) return expect(text(typeName));
    if (!inner) return value(type, (named) => (isLeafType(named) ? leaf(named) : 'return -1;'));
    const at = childPath(path, key);
    const scan = object(inner, at, places.placeOf(at, inner));
    return value(type, () => (places.placeOf(at, inner) ? `A.push(T.slice(L, p)); ${end(scan)} A.push(R); L = p;` : end(scan)));
  }

  /** The fields of an object, their values put into the node `n` where one is made. */
  function fields({ fields: selected, type }: Selection, path: string, place: Place | undefined): string {
    return [...selected.values()]
      .map((field, index) => {
        const { key, inner } = field;
        const before = expect(`${index === 0 ? '{' : ','}${text(key)}:`);
        const read = fieldValue(field, type.name, path);
        const isNeeded = place?.needed.has(key) ?? false;
        if (place && inner && places.holdsNodes(childPath(path, key), inner)) return `${before} ${aside(read, isNeeded ? `n.${slot(key)} = new Pieces(A);` : '')}`;
        return isNeeded ? `${before} { const a = p; ${read} n.${slot(key)} = T.slice(a, p); }` : `${before} ${read}`;
      })
      .join('\n');
  }
  /** Collects the pieces of one value in a list of its own. */
  const aside = (read: string, keep: string): string => `{ const A0 = A, L0 = L; A = []; L = p; ${read} A.push(T.slice(L, p)); ${keep} A = A0; L = L0; }`;

  function object(selection: Selection, path: string, place: Place | undefined): string {
    const name = `o${functions.length}`;
    // Its number is taken before those of what is within.
    const at = functions.push('') - 1;
    const start = place ? `const n = new N${place.index}();${place.isJoint ? ` S[${place.index}].push(n);` : ''}` : '';
    functions[at] = `function ${name}(b, p) { ${start}
      ${fields(selection, path, place)}
      if (b[p] !== 125) return -1; ${place ? 'R = n;' : ''} return p + 1; }`;
    return name;
  }

  return {
    functions,
    enums,
    /** `(bytes, text, root, places) => end`: puts the data of a root fetch into the root node. */
    rootFetch({ id, selection, path }: FetchStep): string {
      const place = places.placeOf(path, selection);
      const name = `fetch${id}`;
      functions.push(`function ${name}(b, text, n, places) { T = text; S = places; A = []; L = 8; let p = 0; ${expect('{"data":')}
        ${fields(selection, path, place)}
        if (b[p] !== 125) return -1; return endsAfterData(b, p + 1) ? p + 1 : -1; }`);
      return name;
    },
    /** `(bytes, text, count, places) => entities`: the entities of a fetch, null for those that the subgraph does not know; undefined for anything unexpected. */
    entityFetch({ id, selection, path }: FetchStep): string {
      const place = places.placeOf(path, selection);
      const name = `fetch${id}`;
      functions.push(`function entity${id}(b, p) { const n = new N${place?.index}();
        ${fields(selection, path, place)}
        if (b[p] !== 125) return -1; R = n; return p + 1; }
      function start${id}(b, p) { ${expect('{"data":{"_entities":[')} return p; }
      function ${name}(b, text, count, places) { T = text; S = places; A = []; L = 0; let p = start${id}(b, 0); const found = [];
        for (;;) {
          if (p > 0 && b[p] === 110) { p = endOfNull(b, p); found.push(null); } else if (p > 0) { p = entity${id}(b, p); found.push(R); }
          if (p < 0) return undefined;
          const d = b[p++]; if (d === 93) break; if (d !== 44) return undefined;
        }
        return found.length === count && b[p] === 125 && endsAfterData(b, p + 1) ? found : undefined; }`);
      return name;
    },
  };
}
