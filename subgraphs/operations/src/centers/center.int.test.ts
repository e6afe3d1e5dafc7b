import { describe, expect, it } from 'vitest';
import { CenterCreated } from '@vss/events';
import { undescribed } from '@vss/graphql';
import { ask, waitFor } from '@vss/testing';
import { aCenter, codeOf, database, operations, sent } from '../operations.fixture.js';

it('describes everything that clients see', () => expect(undescribed(operations.schema)).toEqual([]));

describe('a center', () => {
  it('is made at the first start, once, and told of', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => operations.ensureDefaultCenter({ name: 'Main', timeZone: 'Europe/Berlin' })));
    expect(second).toBe(first);
    expect((await database.pool(1).query('select id from operations.center')).rows).toEqual([{ id: first }]);
    await waitFor(() => sent.some(({ type }) => type === CenterCreated.type));
    expect(sent.filter(({ type }) => type === CenterCreated.type).map(({ payload }) => payload)).toEqual([{ centerId: first, name: 'Main', timeZone: 'Europe/Berlin' }]);
    await expect(operations.ensureDefaultCenter({ name: 'Main', timeZone: 'Europe/Berlen' })).rejects.toThrow('There is no time zone');
  });

  it('is seen by its own people and by who sees all', async () => {
    const { centerId, seller, admin } = await aCenter();
    const other = await aCenter();
    const query = '{ centers { id } }';
    expect((await ask(operations, seller, query)).data.centers).toEqual([{ id: centerId }]);
    expect((await ask(operations, admin, query)).data.centers.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([centerId, other.centerId]));
    const byId = 'query ($id: ID!) { center(id: $id) { name timeZone } }';
    expect((await ask(operations, seller, byId, { id: centerId })).data.center).toEqual({ name: 'Center', timeZone: 'Europe/Berlin' });
    expect(codeOf(await ask(operations, seller, byId, { id: other.centerId }))).toBe('NOT_FOUND');
    const referenced = await ask(operations, seller, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Center { name } } }', { r: [centerId, other.centerId].map((id) => ({ __typename: 'Center', id })) });
    expect(referenced.data['_entities']).toEqual([{ name: 'Center' }, null]);
  });
});
