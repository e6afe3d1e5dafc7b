import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString, isEnumType, isLeafType, isListType, isNonNullType, type GraphQLEnumType, type GraphQLLeafType, type GraphQLOutputType } from 'graphql';
import type { Place, Places } from './places.js';
import type { SelectedField, Selection } from './selection.js';
import { childPath, type FetchStep } from './steps.js';

export const slot = (key: string): string => `$${key}`;
const text = JSON.stringify;

/**
 * Writes the functions that read the answers. Each walks the bytes of one kind of object, checks that every key and value
 * is where the fetch's selection puts it, and cuts out what is needed:
 *
 *     function o3(s, p) {                       // {"id":7,"product":{…}}
 *       const n = new N1();
 *       if (!s.startsWith('{"id":', p)) return -1; p += 6;
 *       const a = p; p = endOfInt(s, p); if (p < 0) return -1; n.$id = s.slice(a, p);
 *       …
 *       R = n; return p;                        // the position behind it
 *     }
 *
 * -1 stands for "not as expected", and the plain path takes over. `A` collects the pieces of a value that holds nodes:
 * text, node, text, node, … `L` is where the text since the last node begins.
 */
export function createScannerWriter(places: Places) {
  const functions: string[] = [];
  const enums: GraphQLEnumType[] = [];
  const enumIndex = (type: GraphQLEnumType): number => (enums.includes(type) ? enums.indexOf(type) : enums.push(type) - 1);

  function leaf(type: GraphQLLeafType): string {
    const end = (name: string): string => `p = ${name}(s, p); if (p < 0) return -1;`;
    if (isEnumType(type)) return `{ const v = p; ${end('endOfString')} if (!E[${enumIndex(type)}].has(s.slice(v + 1, p - 1))) return -1; }`;
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
    return `if (s.charCodeAt(p) === 110) { if (!s.startsWith('null', p)) return -1; p += 4; } else { ${present(type, item)} }`;
  }
  function present(type: GraphQLOutputType, item: (named: GraphQLOutputType) => string): string {
    if (!isListType(type)) return item(type);
    return `if (s.charCodeAt(p++) !== 91) return -1;
      if (s.charCodeAt(p) === 93) p++;
      else for (;;) { ${value(type.ofType, item)} const d = s.charCodeAt(p++); if (d === 93) break; if (d !== 44) return -1; }`;
  }

  /** Statements that move `p` behind a field's value; nodes within it are collected where there is a list for them. */
  function fieldValue(field: SelectedField, typeName: string, path: string): string {
    const { inner, type, key } = field;
    if (!type) return `if (!s.startsWith(${text(text(typeName))}, p)) return -1; p += ${typeName.length + 2};`;
    if (!inner) return value(type, (named) => (isLeafType(named) ? leaf(named) : 'return -1;'));
    const at = childPath(path, key);
    const scan = object(inner, at, places.placeOf(at, inner));
    const step = `p = ${scan}(s, p); if (p < 0) return -1;`;
    return value(type, () => (places.placeOf(at, inner) ? `A.push(s.slice(L, p)); ${step} A.push(R); L = p;` : step));
  }

  /** The fields of an object, their values put into the node `n` where one is made. */
  function fields({ fields: selected, type }: Selection, path: string, place: Place | undefined): string {
    return [...selected.values()]
      .map((field, index) => {
        const { key, inner } = field;
        const opening = `${index === 0 ? '{' : ','}${text(key)}:`;
        const before = `if (!s.startsWith(${text(opening)}, p)) return -1; p += ${opening.length};`;
        const read = fieldValue(field, type.name, path);
        const isNeeded = place?.needed.has(key) ?? false;
        if (place && inner && places.holdsNodes(childPath(path, key), inner)) return `${before} ${aside(read, isNeeded ? `n.${slot(key)} = new Pieces(A);` : '')}`;
        return isNeeded ? `${before} { const a = p; ${read} n.${slot(key)} = s.slice(a, p); }` : `${before} ${read}`;
      })
      .join('\n');
  }
  /** Collects the pieces of one value in a list of its own. */
  const aside = (read: string, keep: string): string => `{ const A0 = A, L0 = L; A = []; L = p; ${read} A.push(s.slice(L, p)); ${keep} A = A0; L = L0; }`;

  function object(selection: Selection, path: string, place: Place | undefined): string {
    const name = `o${functions.length}`;
    // Its number is taken before those of what is within.
    const at = functions.push('') - 1;
    const start = place ? `const n = new N${place.index}();${place.isJoint ? ` S[${place.index}].push(n);` : ''}` : '';
    functions[at] = `function ${name}(s, p) { ${start}
      ${fields(selection, path, place)}
      if (s.charCodeAt(p) !== 125) return -1; ${place ? 'R = n;' : ''} return p + 1; }`;
    return name;
  }

  return {
    functions,
    enums,
    /** `(s, n, places) => end`: puts the data of a root fetch into the root node. */
    rootFetch({ id, selection, path }: FetchStep): string {
      const place = places.placeOf(path, selection);
      const name = `fetch${id}`;
      functions.push(`function ${name}(s, n, places) { if (!s.startsWith('{"data":')) return -1; S = places; A = []; L = 8; let p = 8;
        ${fields(selection, path, place)}
        if (s.charCodeAt(p) !== 125) return -1; return endsAfterData(s, p + 1) ? p + 1 : -1; }`);
      return name;
    },
    /** `(s, count, places) => entities`: the entities of a fetch, null for those that the subgraph does not know; undefined for anything unexpected. */
    entityFetch({ id, selection, path }: FetchStep): string {
      const place = places.placeOf(path, selection);
      const name = `fetch${id}`;
      const scan = `entity${id}`;
      functions.push(`function ${scan}(s, p) { const n = new N${place?.index}();
        ${fields(selection, path, place)}
        if (s.charCodeAt(p) !== 125) return -1; R = n; return p + 1; }
      function ${name}(s, count, places) { if (!s.startsWith('{"data":{"_entities":[')) return undefined; S = places; A = []; L = 0; let p = 22; const found = [];
        for (;;) {
          if (s.charCodeAt(p) === 110) { if (!s.startsWith('null', p)) return undefined; p += 4; found.push(null); }
          else { p = ${scan}(s, p); if (p < 0) return undefined; found.push(R); }
          const d = s.charCodeAt(p++); if (d === 93) break; if (d !== 44) return undefined;
        }
        return found.length === count && s.charCodeAt(p) === 125 && endsAfterData(s, p + 1) ? found : undefined; }`);
      return name;
    },
  };
}
