import { MetadataStorage } from '@mikro-orm/core';
import { expect, it } from 'vitest';
import { classOfField } from '@vss/graphql';
// Loading a subgraph declares its entities.
import '@vss/crm';
import '@vss/devices';
import '@vss/identity';
import '@vss/operations';
import '@vss/telephony';

const entities = Object.values(MetadataStorage.getMetadata()).filter(({ className, properties }) => className && Object.keys(properties).length > 0);

/** Rows that consumers write from what other subgraphs tell, and the audit itself: no mutation changes them. */
const isToldByOthers = (name: string): boolean => name.endsWith('Projection') || name === 'SecurityAuditEntry' || name === 'ResourceFact';

it('R-218: every column says whether the audit may keep it: add it to `@Audited` of its entity as plain, personal or secret', () => {
  expect(entities.length).toBeGreaterThan(15);
  const unclassified = entities
    .filter(({ className }) => !isToldByOthers(className))
    .flatMap(({ class: entity, className, properties }) =>
      Object.values(properties)
        .filter(({ name, primary, persist }) => !primary && persist !== false && !classOfField(entity, name))
        .map(({ name }) => `${className}.${name}`),
    );
  expect(unclassified).toEqual([]);
});

it('R-218: what never leaves in an answer is a secret to the audit too', () => {
  const hidden = entities.flatMap(({ class: entity, className, properties }) =>
    Object.values(properties)
      .filter(({ name, hidden: isHidden }) => isHidden && classOfField(entity, name) !== 'secret')
      .map(({ name }) => `${className}.${name}`),
  );
  expect(hidden).toEqual([]);
});
