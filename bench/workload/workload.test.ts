import { describe, expect, it } from 'vitest';
import { faultIn, W2 } from '../workloads.ts';
import { createAnswers } from './answers.ts';
import { createRequestReader } from './request-reader.ts';

const bodyOf = (answer: Buffer): unknown => JSON.parse(answer.toString().split('\r\n\r\n')[1] ?? '');
const ME = '{"query":"{ me { id name } }"}';
const [HOT, COLD] = [{ cold: false, vouched: false }, { cold: true, vouched: true }];

describe('the subgraphs of the benchmark', () => {
  it('answer the same bytes for hot data, whatever the seed', () => {
    const answer = createAnswers();
    const seeded = (seed: string): Buffer => answer('accounts', `{"query":"query($s: String) { me(seed: $s) { id } }","variables":{"s":"${seed}"}}`, HOT);
    expect(seeded('~00000001')).toBe(seeded('~00000002'));
    expect(bodyOf(seeded('~00000003'))).toEqual({ data: { me: { id: '1' } } });
  });

  it('answer new ids each time for cold data, of one length', () => {
    const answer = createAnswers();
    const [first, second] = [answer('accounts', ME, COLD), answer('accounts', ME, COLD)];
    expect(bodyOf(first)).toEqual({ data: { me: { id: '1~00000001', name: 'Uri Goldshtein' } } });
    expect(bodyOf(second)).toEqual({ data: { me: { id: '1~00000002', name: 'Uri Goldshtein' } } });
    expect(first.length).toBe(second.length);
    expect(first.toString()).toContain('\r\nx-vss-errors: none\r\n');
  });

  it('hand the mark of an id on to what is asked by it', () => {
    const representations = ['1~00000077', '2~00000099'].map((id) => ({ __typename: 'User', id }));
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on User { reviews { id product { upc } } } } }';
    const reviews = (mark: string) => ({ reviews: ['1', '2'].map((id) => ({ id: id + mark, product: { upc: `1${mark}` } })) });
    expect(bodyOf(createAnswers()('reviews', JSON.stringify({ query, variables: { r: representations } }), COLD))).toEqual({ data: { _entities: [reviews('~00000077'), reviews('~00000099')] } });
  });
});

describe('the reader of requests', () => {
  const head = (rest: string): string => `POST /accounts HTTP/1.1\r\nHost: x\r\n${rest}\r\n\r\n`;
  const bytes = Buffer.from(`${head('Content-Length: 3')}abc${head('Transfer-Encoding: chunked')}2\r\nde\r\n1\r\nf\r\n0\r\n\r\nGET /stats HTTP/1.1\r\n\r\n`);
  const expected = [
    { path: '/accounts', body: 'abc' },
    { path: '/accounts', body: 'def' },
    { path: '/stats', body: '' },
  ];

  it('cuts what comes at once', () => expect(createRequestReader()(bytes)).toEqual(expected));

  it('joins what comes in pieces', () => {
    const read = createRequestReader();
    expect([...bytes].flatMap((byte) => read(Buffer.from([byte])))).toEqual(expected);
  });
});

describe('an answer', () => {
  const faultOf = (body: object, status = 200) => faultIn({ status, body: JSON.stringify(body) }, W2);

  it('is right with the marks of cold data, and with more beside the data', () =>
    expect(faultOf({ data: { me: { id: '1~00000042', name: 'Uri Goldshtein' } }, extensions: {} })).toBeUndefined());

  it.each([
    ['other content', { data: { me: { id: '1', name: 'Somebody' } } }, 200, 'another answer than expected'],
    ['another order of fields', { data: { me: { name: 'Uri Goldshtein', id: '1' } } }, 200, 'another answer than expected'],
    ['errors', { data: { me: null }, errors: [{ message: 'no' }] }, 200, 'errors: [{"message":"no"}]'],
    ['another status', { data: {} }, 500, 'status 500'],
  ])('is wrong with %s', (_what, body, status, fault) => expect(faultOf(body, status)).toBe(fault));
});
