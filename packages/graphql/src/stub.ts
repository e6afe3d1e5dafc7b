/** An entity of another subgraph, of which this one knows the id alone. */
export const stub = <T extends { id: string }>(type: new () => T, id: string): T => Object.assign(new type(), { id });
export const stubOrNull = <T extends { id: string }>(type: new () => T, id: string | null): T | null => (id === null ? null : stub(type, id));
