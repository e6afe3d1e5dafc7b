import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { IsInt, Matches, Max, MaxLength, Min } from 'class-validator';
import { Access, Instant, JsonScalar } from '@vss/graphql';
import { SecurityAuditFilter } from './audit.filter.js';

export enum AuditChangeKind {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  DELETED = 'DELETED',
}
registerEnumType(AuditChangeKind, {
  name: 'SecurityAuditChangeKind',
  description: 'What was done to a row.',
  valuesConfig: { CREATED: { description: 'It was made.' }, UPDATED: { description: 'Some of its fields were changed.' }, DELETED: { description: 'It was deleted.' } },
});

@Access('audit:read')
@ObjectType('SecurityAuditFieldChange', { description: 'A field before and after.', simpleResolvers: true })
export class AuditFieldChange {
  @Field(() => String, { description: 'Name of the field.' })
  name: string;

  @Field(() => JsonScalar, { nullable: true, description: 'What it was; `[personal]` and `[secret]` stand for what the audit does not keep. Null also where the row was made.' })
  before: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'What it is since; likewise. Null also where the row was deleted.' })
  after: unknown;
}

@Access('audit:read')
@ObjectType('SecurityAuditChange', { description: 'A row that was made, changed or deleted.', simpleResolvers: true })
export class AuditChange {
  @Field(() => String, { description: 'Type of the row: `Lead`.' })
  type: string;

  @Field(() => ID, { description: 'Id of the row.' })
  id: string;

  @Field(() => AuditChangeKind, { description: 'What was done to it.' })
  did: keyof typeof AuditChangeKind;

  @Field(() => [AuditFieldChange], { description: 'Its fields that changed.' })
  fields: AuditFieldChange[];
}

export enum AuditBreakKind {
  CHANGED = 'CHANGED',
  REMOVED = 'REMOVED',
  INSERTED = 'INSERTED',
  CUT = 'CUT',
}
registerEnumType(AuditBreakKind, {
  name: 'AuditBreakKind',
  description: 'How a chain was broken.',
  valuesConfig: {
    CHANGED: { description: 'The entry is not as it was sealed, or all from it on was written anew.' },
    REMOVED: { description: 'The entry is missing.' },
    INSERTED: { description: 'The entry was put in later.' },
    CUT: { description: 'From this place on, entries are missing up to the end that is known.' },
  },
});

@Access('audit:verify')
@ObjectType('AuditBreak', { description: 'The first place at which a chain does not hold.', simpleResolvers: true })
export class AuditBreak {
  @Field(() => Int, { description: 'Place in the chain.' })
  seq: number;

  @Field(() => AuditBreakKind, { description: 'What is wrong there.' })
  kind: keyof typeof AuditBreakKind;
}

@Access('authenticated')
@ObjectType('AuditHead', { description: 'What a chain had come to at an instant. Keep it elsewhere: with it a later cut or rewriting is found.', simpleResolvers: true })
export class AuditHead {
  @Field(() => ID, { description: 'The chain: id of a center, or `platform` for what concerns none.' })
  chain: string;

  @Field(() => Int, { description: 'Place of its last entry; 0 where there is none.' })
  seq: number;

  @Field(() => String, { description: 'Hash of its last entry, in hexadecimal digits.' })
  hash: string;

  @Field(() => Instant, { description: 'When this was so.' })
  at: Date;

  @Field(() => String, { description: 'All of the above as compact JWS (EdDSA), to be given to `auditVerify` or to `npm run audit:verify`.' })
  signed: string;

  @Field(() => JsonScalar, { description: 'Public key that it is signed with, as JWK; also at `/.well-known/audit-key.json` of the identity process.' })
  publicKey: object;
}

@Access('audit:verify')
@ObjectType('AuditVerification', { description: 'What checking a chain came to.', simpleResolvers: true })
export class AuditVerification {
  @Field(() => Boolean, { description: 'Whether everything that was checked is as it was sealed.' })
  intact: boolean;

  @Field(() => Int, { description: 'Entries that were checked, up to the break if there is one.' })
  checked: number;

  @Field(() => AuditBreak, { nullable: true, description: 'The first break; null where it is intact.' })
  firstBreak: AuditBreak | null;

  @Field(() => AuditHead, { description: 'What the chain has come to, signed. Worth keeping where `intact` is true.' })
  head: AuditHead;

  @Field(() => Int, { nullable: true, description: 'Where to go on with `fromSeq`: one request checks 100,000 entries. Null when all that was asked for is checked.' })
  nextSeq: number | null;
}

@Access('audit:export')
@ObjectType('AuditExport', { description: 'A part of a chain, to be kept or checked elsewhere.', simpleResolvers: true })
export class AuditExport {
  @Field(() => String, { description: 'One entry a line, as JSON (RFC 8785) with its `prevHash` and `hash`: the hash is SHA-256 of the line without it.' })
  jsonl: string;

  @Field(() => Int, { description: 'How many lines.' })
  count: number;

  @Field(() => String, { nullable: true, description: 'Give it as `cursor` to go on; null when there is no more.' })
  nextCursor: string | null;

  @Field(() => AuditHead, { description: 'Head of the chain; the one of the last page proves all pages together.' })
  head: AuditHead;
}

@InputType({ description: 'Which part of which chain to check.' })
export class AuditVerifyInput {
  @MaxLength(64)
  @Field(() => ID, { nullable: true, description: 'Id of a center, or `platform`; one’s own when absent. Others need `audit:verify` with scope ALL.' })
  centerId?: string | null;

  @IsInt()
  @Min(1)
  @Field(() => Int, { nullable: true, description: 'Begin here, taking what is before for good; at the beginning of what is kept when absent.' })
  fromSeq?: number | null;

  @IsInt()
  @Min(1)
  @Field(() => Int, { nullable: true, description: 'End here; at the end when absent.' })
  toSeq?: number | null;

  @Field(() => Instant, { nullable: true, description: 'Begin with the first entry sealed at this instant or later; not together with `fromSeq`.' })
  from?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'End with the last entry sealed before this instant; not together with `toSeq`.' })
  to?: Date | null;

  @MaxLength(2_000)
  @Field(() => String, { nullable: true, description: '`signed` of a head that was kept: the chain must still lead to it.' })
  head?: string | null;
}

@InputType({ description: 'Which part of which chain to hand out.' })
export class AuditExportInput {
  @MaxLength(64)
  @Field(() => ID, { nullable: true, description: 'Id of a center, or `platform`; one’s own when absent. Others need `audit:export` with scope ALL.' })
  centerId?: string | null;

  @Field(() => SecurityAuditFilter, { nullable: true, description: 'Only these. What is left out shows as missing when the file is checked: export all of it to prove it.' })
  filter?: SecurityAuditFilter | null;

  @Matches(/^\d{1,10}$/)
  @Field(() => String, { nullable: true, description: '`nextCursor` of the page before; at the beginning of what is kept when absent.' })
  cursor?: string | null;

  @IsInt()
  @Min(1)
  @Max(1_000)
  @Field(() => Int, { defaultValue: 1_000, description: 'At most so many lines; 1 to 1,000.' })
  limit: number;
}
