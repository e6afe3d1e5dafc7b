/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** A key to be made. You answer for it: it never does more than you may do yourself, at any time. */
export type ApiKeyCreateInput = {
  /** Points of cost that it may use up in a minute, as `extensions.cost` counts them; absent: what its role may. */
  costPerMinute?: number | null | undefined;
  /** When its time is over, 366 days from now at the latest. */
  expiresAt: string;
  /** What it is for, 1 to 100 characters. */
  name: string;
  /** Lines of grants that narrow the key: within your own rights and within those of the account. Absent: whatever both of you may do. */
  scopes?: Array<GrantInput> | null | undefined;
  /** The service account that it opens, which has at most 20 of them. */
  serviceAccountId: string | number;
};

/** Which keys to list; what is given must all hold. */
export type ApiKeyFilter = {
  /** That this user answers for. */
  makerId?: string | number | null | undefined;
  /** Text that occurs in the name, in any case; or a prefix, `vss_…`, as logs and audit show it. */
  search?: string | null | undefined;
  /** Of this service account. */
  serviceAccountId?: string | number | null | undefined;
  /** Whether they open anything. */
  state?: ApiKeyState | null | undefined;
};

/** A key to be taken back. */
export type ApiKeyRevokeInput = {
  /** Id of the key. */
  id: string | number;
};

/** A key that gets another secret. Whoever rotates it answers for it from then on. */
export type ApiKeyRotateInput = {
  /** Id of the key. */
  id: string | number;
  /** Minutes for which the old secret works beside the new one, 0 to 10080; with 0 it ends at once. A secret that still overlaps from an earlier rotation ends at once. */
  overlapMinutes: number;
};

/** Whether a key opens anything. */
export const ApiKeyState = {
  /** It does, as long as its service account and the one who answers for it are active. */
  Active: 'ACTIVE',
  /** Its time is over. Make another one. */
  Expired: 'EXPIRED',
  /** It was taken back. Make another one. */
  Revoked: 'REVOKED'
} as const;

export type ApiKeyState = typeof ApiKeyState[keyof typeof ApiKeyState];
/** How a chain was broken. */
export const AuditBreakKind = {
  /** The entry is not as it was sealed, or all from it on was written anew. */
  Changed: 'CHANGED',
  /** From this place on, entries are missing up to the end that is known. */
  Cut: 'CUT',
  /** The entry was put in later. */
  Inserted: 'INSERTED',
  /** The entry is missing. */
  Removed: 'REMOVED'
} as const;

export type AuditBreakKind = typeof AuditBreakKind[keyof typeof AuditBreakKind];
/** Which part of which chain to hand out. */
export type AuditExportInput = {
  /** Id of a center, or `platform`; one’s own when absent. Others need `audit:export` with scope ALL. */
  centerId?: string | number | null | undefined;
  /** `nextCursor` of the page before; at the beginning of what is kept when absent. */
  cursor?: string | null | undefined;
  /** Only these. What is left out shows as missing when the file is checked: export all of it to prove it. */
  filter?: SecurityAuditFilter | null | undefined;
  /** At most so many lines; 1 to 1,000. */
  limit?: number;
};

/** Which part of which chain to check. */
export type AuditVerifyInput = {
  /** Id of a center, or `platform`; one’s own when absent. Others need `audit:verify` with scope ALL. */
  centerId?: string | number | null | undefined;
  /** Begin with the first entry sealed at this instant or later; not together with `fromSeq`. */
  from?: string | null | undefined;
  /** Begin here, taking what is before for good; at the beginning of what is kept when absent. */
  fromSeq?: number | null | undefined;
  /** `signed` of a head that was kept: the chain must still lead to it. */
  head?: string | null | undefined;
  /** End with the last entry sealed before this instant; not together with `toSeq`. */
  to?: string | null | undefined;
  /** End here; at the end when absent. */
  toSeq?: number | null | undefined;
};

/** Who called whom. */
export const CallDirection = {
  /** The slot was called. */
  Inbound: 'INBOUND',
  /** The slot called. */
  Outbound: 'OUTBOUND'
} as const;

export type CallDirection = typeof CallDirection[keyof typeof CallDirection];
/** A call to be ended. */
export type CallEndInput = {
  /** The call. */
  callId: string | number;
  /** Of the client’s own making, 1 to 200 characters. For two days, the same request under it does nothing again and gets the same answer; another request under it is refused. */
  idempotencyKey: string;
};

/** What became of a call. */
export const CallOutcome = {
  /** Picked up, but nobody was there to talk. */
  Abandoned: 'ABANDONED',
  /** The far end picked up. */
  Answered: 'ANSWERED',
  /** The far end was busy. */
  Busy: 'BUSY',
  /** Ended from our side before anybody picked up. */
  Cancelled: 'CANCELLED',
  /** The network had no way through. */
  Congestion: 'CONGESTION',
  /** It broke, see failureReason. */
  Failed: 'FAILED',
  /** A fax machine picked up. */
  Fax: 'FAX',
  /** The network does not know the number. */
  InvalidNumber: 'INVALID_NUMBER',
  /** An answering machine picked up. */
  Machine: 'MACHINE',
  /** It rang and nobody picked up. */
  NoAnswer: 'NO_ANSWER',
  /** The far end or its network refused. */
  Rejected: 'REJECTED'
} as const;

export type CallOutcome = typeof CallOutcome[keyof typeof CallOutcome];
/** A side of a call. */
export const CallParty = {
  /** The number that was called, or that called. */
  FarEnd: 'FAR_END',
  /** The operator, through the platform. */
  Operator: 'OPERATOR',
  /** The platform by itself, for example at a deadline. */
  Platform: 'PLATFORM',
  /** The slot's phone. */
  Slot: 'SLOT'
} as const;

export type CallParty = typeof CallParty[keyof typeof CallParty];
/** A call to be started. */
export type CallStartInput = {
  /** Of the client’s own making, 1 to 200 characters. For two days, the same request under it does nothing again and gets the same answer; another request under it is refused. */
  idempotencyKey: string;
  /** The lead that is called; absent: found by its number, if the actor has one. */
  leadId?: string | number | null | undefined;
  /** The number to call in E.164, such as +12125550123; spaces and brackets do no harm. */
  phoneNumber: string;
  /** The slot to call from; it must be READY and is never swapped for another. Either this or slotSelector. */
  slotId?: string | number | null | undefined;
  /** Have a free slot picked. Either this or slotId. */
  slotSelector?: SlotSelector | null | undefined;
};

/** How far a call has come. */
export const CallStatus = {
  /** The far end picked up. */
  Answered: 'ANSWERED',
  /** Both sides hear each other. */
  Bridged: 'BRIDGED',
  /** Being dialled. */
  Dialing: 'DIALING',
  /** Over, see outcome; nothing follows. */
  Ended: 'ENDED',
  /** The far end is kept on hold. */
  OnHold: 'ON_HOLD',
  /** Accepted and stored; its hub has not begun to dial. */
  Queued: 'QUEUED',
  /** The far end rings. */
  Ringing: 'RINGING'
} as const;

export type CallStatus = typeof CallStatus[keyof typeof CallStatus];
/** What has to be put right. */
export const CrmErrorCode = {
  /** A client name has 1 to 200 characters. */
  ClientNameInvalid: 'CLIENT_NAME_INVALID',
  /** The key was used before, with another input. */
  IdempotencyKeyReused: 'IDEMPOTENCY_KEY_REUSED',
  /** The call belongs to another lead than the one named. */
  NoteTargetMismatch: 'NOTE_TARGET_MISMATCH',
  /** A note belongs to a call, a lead, or both. */
  NoteTargetMissing: 'NOTE_TARGET_MISSING',
  /** A note has 1 to 10,000 characters. */
  NoteTextInvalid: 'NOTE_TEXT_INVALID',
  /** The number is not an international phone number, such as +12025550143. */
  PhoneNumberInvalid: 'PHONE_NUMBER_INVALID',
  /** A source has at most 200 characters. */
  SourceInvalid: 'SOURCE_INVALID',
  /** Somebody has changed it since it was read: read it again and decide anew. */
  VersionConflict: 'VERSION_CONFLICT'
} as const;

export type CrmErrorCode = typeof CrmErrorCode[keyof typeof CrmErrorCode];
/** Whose figures a dashboard shows. */
export const DashboardScope = {
  /** Those of the whole center. */
  Center: 'CENTER',
  /** The actor's own. */
  Own: 'OWN',
  /** Those of the actor's teams. */
  Team: 'TEAM'
} as const;

export type DashboardScope = typeof DashboardScope[keyof typeof DashboardScope];
/** A tie to an account at a provider. */
export type ExternalIdentityRemoveInput = {
  /** Id of the tie. */
  id: string | number;
};

/** With which provider, where to go on, and who asks. */
export type ExternalIdentityStartInput = {
  /** One’s password once more; absent for who has none, since he comes by an identity provider, and came less than ten minutes ago. */
  password?: string | null | undefined;
  /** Id of the provider. */
  provider: string;
  /** Page of the client that the provider sends the browser back to, with `code` and `state`. One of those that the installation allows. */
  redirectUri: string;
};

/** What can narrow a right beyond its scope. */
export const GrantConditionName = {
  /** Some fields only. */
  Fields: 'fields',
  /** A number at a time. */
  MaxConcurrent: 'maxConcurrent',
  /** A length, in seconds. */
  MaxDurationSec: 'maxDurationSec',
  /** Some ways to reach a device only. */
  Protocols: 'protocols'
} as const;

export type GrantConditionName = typeof GrantConditionName[keyof typeof GrantConditionName];
/** What is to narrow a right beyond its scope. Each right takes only those that are enforced on it: see `permissions`. */
export type GrantConditionsInput = {
  /** Only these fields of what the right is about, by their names. */
  fields?: Array<string> | null | undefined;
  /** At most so many at a time, 1 to 1000. */
  maxConcurrent?: number | null | undefined;
  /** None for longer than so many seconds, 1 to 86400. */
  maxDurationSec?: number | null | undefined;
  /** Only these ways to reach a device: RDP, VNC, SSH, TELNET. */
  protocols?: Array<string> | null | undefined;
};

/** What a line of a role does. */
export const GrantEffect = {
  /** It gives the right. */
  Allow: 'ALLOW',
  /** It takes the right away altogether, whatever else gives it. */
  Deny: 'DENY'
} as const;

export type GrantEffect = typeof GrantEffect[keyof typeof GrantEffect];
/** One line of a role to be. */
export type GrantInput = {
  /** What may be done with it, e.g. `read`; `*` for everything. 1 to 50. */
  actions: Array<string>;
  /** What narrows it further. */
  conditions?: GrantConditionsInput | null | undefined;
  /** Whether it allows or denies. */
  effect?: GrantEffect;
  /** What it is about, e.g. `calls`; `*` for everything. */
  resource: string;
  /** How far it reaches: one of the right’s `scopes`, or ALL where it denies. */
  scope: GrantScope;
};

/** How far a right reaches, from the narrowest to the widest; a wider one holds all that are narrower. */
export const GrantScope = {
  /** Everything. */
  All: 'ALL',
  /** What is assigned to one. */
  Assigned: 'ASSIGNED',
  /** What is of one’s center. */
  Center: 'CENTER',
  /** What is one’s own. */
  Own: 'OWN',
  /** What is of one’s teams. */
  Team: 'TEAM'
} as const;

export type GrantScope = typeof GrantScope[keyof typeof GrantScope];
/** What can be put right about a request to the identity subgraph. */
export const IdentityErrorCode = {
  /** The user holds this right as far already. */
  AlreadyHeld: 'ALREADY_HELD',
  /** The challenge of this sign-in is over, was answered, or the password changed meanwhile: sign in anew. */
  ChallengeInvalid: 'CHALLENGE_INVALID',
  /** The code is wrong, was used before, or its time is over: take the next one. */
  CodeWrong: 'CODE_WRONG',
  /** The description is empty, too long, or holds signs that cannot be printed. */
  DescriptionInvalid: 'DESCRIPTION_INVALID',
  /** The display name is empty, too long, or holds signs that cannot be printed. */
  DisplayNameInvalid: 'DISPLAY_NAME_INVALID',
  /** It cannot be for so long. */
  DurationInvalid: 'DURATION_INVALID',
  /** This is not an email address. */
  EmailInvalid: 'EMAIL_INVALID',
  /** The end has passed already, or is too far away. */
  ExpiryInvalid: 'EXPIRY_INVALID',
  /** A line names a right, a scope or a condition that there is not; `field` says which line and what in it. */
  GrantInvalid: 'GRANT_INVALID',
  /** The account at the identity provider opens another account here. */
  IdentityTaken: 'IDENTITY_TAKEN',
  /** A field that cannot be empty was given as null, or holds what it cannot be set to. */
  InputInvalid: 'INPUT_INVALID',
  /** The user name or the password is wrong, or the user may not sign in; it is not told which. */
  InvalidCredentials: 'INVALID_CREDENTIALS',
  /** The one-time link was used, taken back or replaced, or its time is over: ask for another one. */
  InvitationInvalid: 'INVITATION_INVALID',
  /** The API key was taken back, or its time is over: make another one. */
  KeyEnded: 'KEY_ENDED',
  /** The name of an API key is empty, too long, or holds signs that cannot be printed. */
  KeyNameInvalid: 'KEY_NAME_INVALID',
  /** An API key cannot be given more than it has: make another one. */
  KeyWidened: 'KEY_WIDENED',
  /** Nobody would be left who may do everything. */
  LastAdministrator: 'LAST_ADMINISTRATOR',
  /** There are as many as there may be: remove one first. */
  LimitReached: 'LIMIT_REACHED',
  /** This is not a language as BCP 47 names it. */
  LocaleInvalid: 'LOCALE_INVALID',
  /** This is a service account: it has API keys, and no password. */
  NotAPerson: 'NOT_A_PERSON',
  /** The account at the identity provider opens none here. */
  NoAccount: 'NO_ACCOUNT',
  /** The overlap of two secrets is too long. */
  OverlapInvalid: 'OVERLAP_INVALID',
  /** Who asks, or whom it is for, does not decide: somebody else has to. */
  OwnRequest: 'OWN_REQUEST',
  /** The new password is the old one. */
  PasswordUnchanged: 'PASSWORD_UNCHANGED',
  /** The password is too short, too long, too common, or the user name. */
  PasswordWeak: 'PASSWORD_WEAK',
  /** This is not the password of who asks. */
  PasswordWrong: 'PASSWORD_WRONG',
  /** This is not a telephone number in E.164. */
  PhoneInvalid: 'PHONE_INVALID',
  /** This sign-in with a provider was begun elsewhere, is over, or was finished before: begin anew. */
  ProviderLoginInvalid: 'PROVIDER_LOGIN_INVALID',
  /** The identity provider did not confirm who signs in. */
  ProviderRefused: 'PROVIDER_REFUSED',
  /** There is no identity provider of this name. */
  ProviderUnknown: 'PROVIDER_UNKNOWN',
  /** The reason is empty, too long, or holds signs that cannot be printed. */
  ReasonInvalid: 'REASON_INVALID',
  /** The provider may not send people back to this address. */
  RedirectNotAllowed: 'REDIRECT_NOT_ALLOWED',
  /** The refresh token is unknown, was used before, or its session has ended: sign in again. */
  RefreshTokenInvalid: 'REFRESH_TOKEN_INVALID',
  /** The role of the user denies this right, and a denial wins. */
  RightDenied: 'RIGHT_DENIED',
  /** Users have this role: give them another one first. */
  RoleInUse: 'ROLE_IN_USE',
  /** The name has a wrong length or signs that are not allowed. */
  RoleNameInvalid: 'ROLE_NAME_INVALID',
  /** There is a role of this name already. */
  RoleNameTaken: 'ROLE_NAME_TAKEN',
  /** Every installation has this role as it is: copy it and change the copy. */
  RoleProtected: 'ROLE_PROTECTED',
  /** There is no role of this name. */
  RoleUnknown: 'ROLE_UNKNOWN',
  /** A line of the scopes means nothing: the resource, an action, the scope or a condition does not exist there. */
  ScopesInvalid: 'SCOPES_INVALID',
  /** Nobody gives an API key more than he may do himself, nor more than its service account may. */
  ScopesTooWide: 'SCOPES_TOO_WIDE',
  /** No authenticator waits for its first code, or it took too long. */
  SecondFactorNotBegun: 'SECOND_FACTOR_NOT_BEGUN',
  /** There is no second factor. */
  SecondFactorOff: 'SECOND_FACTOR_OFF',
  /** There is a second factor already. */
  SecondFactorOn: 'SECOND_FACTOR_ON',
  /** The service account is deactivated. */
  ServiceAccountDeactivated: 'SERVICE_ACCOUNT_DEACTIVATED',
  /** The session was idle for too long or has reached its age: sign in again. */
  SessionExpired: 'SESSION_EXPIRED',
  /** This needs a sign-in of the last ten minutes. */
  SignInTooOld: 'SIGN_IN_TOO_OLD',
  /** The JSON is no role of the source document; the message says where. */
  SourceInvalid: 'SOURCE_INVALID',
  /** It is not in a state in which this can be done; the message says in which it is. */
  StateConflict: 'STATE_CONFLICT',
  /** The user would be in more teams than one user can be in. */
  TeamLimit: 'TEAM_LIMIT',
  /** The team's name is empty, too long, or holds signs that cannot be printed. */
  TeamNameInvalid: 'TEAM_NAME_INVALID',
  /** The center has a team of this name already. */
  TeamNameTaken: 'TEAM_NAME_TAKEN',
  /** The center has no such team. */
  TeamUnknown: 'TEAM_UNKNOWN',
  /** There is no time zone of this IANA name. */
  TimeZoneInvalid: 'TIME_ZONE_INVALID',
  /** The title is empty, too long, or holds signs that cannot be printed. */
  TitleInvalid: 'TITLE_INVALID',
  /** The service account has as many API keys as it may have. */
  TooManyKeys: 'TOO_MANY_KEYS',
  /** The user name has a wrong length or signs that are not allowed. */
  UsernameInvalid: 'USERNAME_INVALID',
  /** There is a user of this name already. */
  UsernameTaken: 'USERNAME_TAKEN',
  /** The user can still sign in: deactivate him first. */
  UserActive: 'USER_ACTIVE',
  /** The user may not sign in: reactivate him first. */
  UserDeactivated: 'USER_DEACTIVATED',
  /** The personal data of this user was erased: he cannot be changed any more. */
  UserErased: 'USER_ERASED',
  /** The center has no such user. */
  UserUnknown: 'USER_UNKNOWN',
  /** Somebody else changed it since it was read: read it again. */
  VersionConflict: 'VERSION_CONFLICT'
} as const;

export type IdentityErrorCode = typeof IdentityErrorCode[keyof typeof IdentityErrorCode];
/** The use of a one-time link. */
export type InvitationAcceptInput = {
  /** Name that people call one by; as the invitation says when absent. Only where the link is to join. */
  displayName?: string | null | undefined;
  /** The password of one's own choice: at least 10 characters, not a common one, without the user name. */
  password: string;
  /** The token that the link carries. */
  token: string;
};

/** What a one-time link is for. */
export const InvitationPurpose = {
  /** Somebody new chooses his first password. */
  Join: 'JOIN',
  /** A user chooses another password, in place of one that is lost. */
  PasswordReset: 'PASSWORD_RESET'
} as const;

export type InvitationPurpose = typeof InvitationPurpose[keyof typeof InvitationPurpose];
/** The invitation to be taken back. */
export type InvitationRevokeInput = {
  /** Id of the invitation. */
  id: string | number;
};

/** A new lead. */
export type LeadCreateInput = {
  /** The operator who works on it; absent: every operator of the center may. */
  assignedOperatorId?: string | number | null | undefined;
  /** The seller it belongs to. A lead that a seller creates is always his own. */
  assignedSellerId?: string | number | null | undefined;
  /** Name of the client, 1 to 200 characters. */
  clientName: string;
  /** Of the client’s own making, 1 to 200 characters. Sent again with the same key, the same lead is answered and no second one made. */
  idempotencyKey?: string | null | undefined;
  /** Phone number in international form; spaces and brackets do no harm. */
  phone: string;
  /** Where the lead comes from. */
  source?: string | null | undefined;
  /** How far the lead has come; NEW when absent. */
  status?: LeadStatus | null | undefined;
};

/** Narrows a list of leads; what the actor may not see stays out whatever is given here. */
export type LeadFilter = {
  /** Only leads of this seller. */
  assignedSellerId?: string | number | null | undefined;
  /** Only leads with exactly this phone number. */
  phone?: string | null | undefined;
  /** Only leads whose client name holds this text, or whose number holds these digits. */
  search?: string | null | undefined;
  /** Only leads that have come this far. */
  status?: LeadStatus | null | undefined;
};

/** How far a lead has come. */
export const LeadStatus = {
  /** The client was reached. */
  Contacted: 'CONTACTED',
  /** The client will not buy. */
  Lost: 'LOST',
  /** Nobody has spoken to the client yet. */
  New: 'NEW',
  /** The client wants to hear more. */
  Qualified: 'QUALIFIED',
  /** The client bought. */
  Won: 'WON'
} as const;

export type LeadStatus = typeof LeadStatus[keyof typeof LeadStatus];
/** What to change of a lead; absent fields stay as they are. */
export type LeadUpdateInput = {
  /** The operator who works on it from now on; null: the open pool. Takes the right to change every lead of the center. */
  assignedOperatorId?: string | number | null | undefined;
  /** The seller it belongs to from now on; null: none. Takes the right to change every lead of the center. */
  assignedSellerId?: string | number | null | undefined;
  /** New name of the client. */
  clientName?: string | null | undefined;
  /** The version that the change is based on. */
  expectedVersion: number;
  /** Which lead. */
  id: string | number;
  /** New phone number in international form. */
  phone?: string | null | undefined;
  /** Where the lead comes from; null clears it. */
  source?: string | null | undefined;
  /** How far the lead has come. */
  status?: LeadStatus | null | undefined;
};

/** Narrows the event log; what is given must all hold. */
export type LogEventFilter = {
  /** Only events about this call, slot, user, …. */
  aggregateId?: string | null | undefined;
  /** Only events from this instant on. */
  from?: string | null | undefined;
  /** Only events of this part of the platform. */
  module?: LogModule | null | undefined;
  /** Only events that matter this much. */
  severity?: LogSeverity | null | undefined;
  /** Only events before this instant. */
  to?: string | null | undefined;
  /** Only what one request led to. */
  traceId?: string | null | undefined;
  /** Only events of this type: `telephony.call.ended`. */
  type?: string | null | undefined;
};

/** Which part of the platform an event comes from. */
export const LogModule = {
  /** Operations: centers, messages. */
  Dci: 'DCI',
  /** Hubs and devices. */
  Devices: 'DEVICES',
  /** What hub-runners report. */
  Hub: 'HUB',
  /** Telephony: trunks, slots, calls. */
  Ottb: 'OTTB',
  /** Identity: users, sessions, rights. */
  Point: 'POINT',
  /** CRM: leads and notes. */
  Workspace: 'WORKSPACE'
} as const;

export type LogModule = typeof LogModule[keyof typeof LogModule];
/** How much an event matters. */
export const LogSeverity = {
  /** A step on the way. */
  Debug: 'DEBUG',
  /** Something broke. */
  Error: 'ERROR',
  /** Something happened. */
  Info: 'INFO',
  /** Something was refused or went away. */
  Warning: 'WARNING'
} as const;

export type LogSeverity = typeof LogSeverity[keyof typeof LogSeverity];
/** The answer to a challenge: its token, and what its kind asks for. */
export type LoginContinueInput = {
  /** Token of the challenge. */
  challenge: string;
  /** For SECOND_FACTOR: the six digits that the authenticator shows. */
  code?: string | null | undefined;
  /** What an earlier sign-in on this device gave as `deviceToken`. With it, wrong passwords that strangers try from the same address do not make one wait. */
  deviceToken?: string | null | undefined;
  /** For PASSWORD_CHANGE: at least 10 characters, not a common one, without the user name, and another than before. */
  newPassword?: string | null | undefined;
  /** For SECOND_FACTOR, in place of `code`: one of the recovery codes. */
  recoveryCode?: string | null | undefined;
};

/** Who signs in. */
export type LoginInput = {
  /** What an earlier sign-in on this device gave as `deviceToken`. With it, wrong passwords that strangers try from the same address do not make one wait. */
  deviceToken?: string | null | undefined;
  /** Password. */
  password: string;
  /** User name, in any case. */
  username: string;
};

/** Changes to one's own profile; what is absent stays as it is. */
export type MeUpdateInput = {
  /** Name that people call him by. */
  displayName?: string | null | undefined;
  /** The `version` that was read; with another one standing nothing is changed. */
  expectedVersion: number;
  /** Language, as BCP 47 names it, e.g. `pt-BR`. Null removes it. */
  locale?: string | null | undefined;
  /** Telephone number in E.164: + country code number. Null removes it. */
  phone?: string | null | undefined;
  /** Time zone, by its IANA name, e.g. `Europe/Lisbon`. Null removes it. */
  timeZone?: string | null | undefined;
  /** Job title, 1 to 100 characters. Null removes it. */
  title?: string | null | undefined;
};

/** A new note on a call, a lead, or both. */
export type NoteCreateInput = {
  /** The call that it is about; the note then hangs on the call's lead too. */
  callId?: string | number | null | undefined;
  /** Of the client’s own making, 1 to 200 characters. Sent again with the same key, the same note is answered and no second one made. */
  idempotencyKey?: string | null | undefined;
  /** The lead that it is about. */
  leadId?: string | number | null | undefined;
  /** The text, 1 to 10,000 characters. */
  text: string;
};

/** What the provider sent back with the browser, and what the browser kept. */
export type OidcFinishInput = {
  /** `code` in the address. */
  code: string;
  /** What an earlier sign-in on this device gave as `deviceToken`. */
  deviceToken?: string | null | undefined;
  /** `iss` in the address, where it stands there. */
  iss?: string | null | undefined;
  /** What `oidcStart` gave. From where this browser kept it, never from the address. */
  loginToken: string;
  /** `state` in the address. */
  state: string;
};

/** With which provider, and where to go on. */
export type OidcStartInput = {
  /** Id of the provider. */
  provider: string;
  /** Page of the client that the provider sends the browser back to, with `code` and `state`. One of those that the installation allows. */
  redirectUri: string;
};

/** A new password of one's own choice. */
export type PasswordChangeInput = {
  /** The password as it is; absent for who has none, since he signs in with an identity provider. */
  currentPassword?: string | null | undefined;
  /** At least 10 characters, not a common one, without the user name, and another than before. */
  newPassword: string;
};

/** What decided. */
export const PermissionReason = {
  /** A grant allows it under a condition that is not met. */
  Condition: 'CONDITION',
  /** A denial takes it away, whatever allows it. */
  Denied: 'DENIED',
  /** A grant allows it, as far as it has to reach. */
  Granted: 'GRANTED',
  /** No grant allows it. */
  Missing: 'MISSING',
  /** There is no such row, or none that the one who asks may know of. */
  NoSuchRow: 'NO_SUCH_ROW',
  /** The right was there; what was in the way is said in `text`. */
  Other: 'OTHER',
  /** A grant allows it, but does not reach this far. */
  Scope: 'SCOPE',
  /** It is about the user’s own account, which needs no right. */
  Self: 'SELF',
  /** The user may not sign in, and so may do nothing. */
  UserInactive: 'USER_INACTIVE'
} as const;

export type PermissionReason = typeof PermissionReason[keyof typeof PermissionReason];
/** How a decision ends. */
export const PermissionVerdict = {
  /** It may be done. */
  Allowed: 'ALLOWED',
  /** It may not be done. */
  Denied: 'DENIED'
} as const;

export type PermissionVerdict = typeof PermissionVerdict[keyof typeof PermissionVerdict];
/** Whose personal data is to be erased. */
export type PersonEraseInput = {
  /** Why, at most 500 characters, e.g. the number of his request. It stays in the report and in the audit: write nothing personal. */
  reason: string;
  /** Id of the user; he must have been deactivated before. */
  userId: string | number;
};

/** One row. */
export type ResourceInput = {
  /** Its id. */
  id: string | number;
  /** What it is. */
  type: ResourceType;
};

/** What a permission can be about, row by row. */
export const ResourceType = {
  /** A call, with its record and recordings. */
  Call: 'CALL',
  /** A center. */
  Center: 'CENTER',
  /** A device. */
  Device: 'DEVICE',
  /** A hub. */
  Hub: 'HUB',
  /** A lead. */
  Lead: 'LEAD',
  /** A note. */
  Note: 'NOTE',
  /** A role. */
  Role: 'ROLE',
  /** A slot. */
  Slot: 'SLOT',
  /** A trunk. */
  Trunk: 'TRUNK',
  /** A user. */
  User: 'USER'
} as const;

export type ResourceType = typeof ResourceType[keyof typeof ResourceType];
/** A role to be made. */
export type RoleCreateInput = {
  /** What it is for, up to 500 characters. */
  description: string;
  /** Its lines, at most 200. A right that no line gives nobody has. None may give more than one holds oneself. */
  grants: Array<GrantInput>;
  /** Name by which it is given to users: 2 to 40 Latin letters in lower case, digits, and single hyphens between them. */
  name: string;
};

/** A role to be deleted. */
export type RoleDeleteInput = {
  /** The `version` that was read; with another one standing nothing is deleted. */
  expectedVersion: number;
  /** Id of the role. */
  id: string | number;
};

/** Changes to a role; what is absent stays as it is. */
export type RoleUpdateInput = {
  /** What it is for, up to 500 characters. */
  description?: string | null | undefined;
  /** The `version` that was read; with another one standing nothing is changed. */
  expectedVersion: number;
  /** All its lines from now on. Its lines, at most 200. A right that no line gives nobody has. */
  grants?: Array<GrantInput> | null | undefined;
  /** Id of the role. */
  id: string | number;
  /** Another name, as long as nobody has the role: 2 to 40 Latin letters in lower case, digits, and single hyphens between them. */
  name?: string | null | undefined;
};

/** A code of the authenticator. */
export type SecondFactorCodeInput = {
  /** The six digits that the authenticator shows. Each is good once. */
  code: string;
};

/** Taking one’s own second factor away: give one of the two. */
export type SecondFactorDisableInput = {
  /** The six digits that the authenticator shows. */
  code?: string | null | undefined;
  /** One of the recovery codes, where the authenticator is lost. */
  recoveryCode?: string | null | undefined;
};

/** Beginning with a second factor. */
export type SecondFactorSetupInput = {
  /** One’s password once more; absent for who has none, since he comes by an identity provider, and came less than ten minutes ago. */
  password?: string | null | undefined;
};

/** What was done or tried. */
export const SecurityAuditAction = {
  /** A right was asked for and not given; the detail names right and wall. */
  AccessDenied: 'ACCESS_DENIED',
  /** An API key was made. */
  ApiKeyCreated: 'API_KEY_CREATED',
  /** An API key that is unknown, over or taken back was presented. */
  ApiKeyRefused: 'API_KEY_REFUSED',
  /** An API key was taken back. */
  ApiKeyRevoked: 'API_KEY_REVOKED',
  /** An API key got another secret; the old one works on for the overlap. */
  ApiKeyRotated: 'API_KEY_ROTATED',
  /** An API key was changed. */
  ApiKeyUpdated: 'API_KEY_UPDATED',
  /** The audit, or its signed head, was handed out. */
  AuditExported: 'AUDIT_EXPORTED',
  /** Entries older than they are kept for were deleted, up to a signed checkpoint. */
  AuditPurged: 'AUDIT_PURGED',
  /** An account of an identity provider was tied to a user. */
  ExternalIdentityLinked: 'EXTERNAL_IDENTITY_LINKED',
  /** An account of an identity provider opens a user’s account no more. */
  ExternalIdentityUnlinked: 'EXTERNAL_IDENTITY_UNLINKED',
  /** An invited user chose his password. */
  InvitationAccepted: 'INVITATION_ACCEPTED',
  /** Somebody was invited. */
  InvitationCreated: 'INVITATION_CREATED',
  /** An invitation was taken back. */
  InvitationRevoked: 'INVITATION_REVOKED',
  /** A mutation ran, was refused or failed; `changes` holds the changed fields before and after. */
  Mutation: 'MUTATION',
  /** Something was read by a right that the reader has by `*:*` alone; the detail says how often. */
  OverrideUsed: 'OVERRIDE_USED',
  /** A user chose another password. */
  PasswordChanged: 'PASSWORD_CHANGED',
  /** A user was given a one-time link to choose a password with. */
  PasswordReset: 'PASSWORD_RESET',
  /** The personal data of a user was erased. */
  PersonErased: 'PERSON_ERASED',
  /** The personal data of a user was handed out. */
  PersonExported: 'PERSON_EXPORTED',
  /** A recovery code stood in for the second factor. */
  RecoveryCodeUsed: 'RECOVERY_CODE_USED',
  /** The grants of a role changed; the detail holds them before and after. */
  RoleChanged: 'ROLE_CHANGED',
  /** A role was made. */
  RoleCreated: 'ROLE_CREATED',
  /** A role was deleted. */
  RoleDeleted: 'ROLE_DELETED',
  /** A second factor was taken away; the detail says by whom. */
  SecondFactorDisabled: 'SECOND_FACTOR_DISABLED',
  /** A user set up a second factor. */
  SecondFactorEnabled: 'SECOND_FACTOR_ENABLED',
  /** A service account was made. */
  ServiceAccountCreated: 'SERVICE_ACCOUNT_CREATED',
  /** A session ended; the detail says why. */
  SessionEnded: 'SESSION_ENDED',
  /** A session was given a new access token. */
  SessionRefreshed: 'SESSION_REFRESHED',
  /** A key was taken back: what it signed is worth nothing. */
  SigningKeyRevoked: 'SIGNING_KEY_REVOKED',
  /** Access tokens are signed with another key. */
  SigningKeyRotated: 'SIGNING_KEY_ROTATED',
  /** A user signed in. */
  SignIn: 'SIGN_IN',
  /** A sign-in with a wrong name or password, or of a deactivated user. */
  SignInRefused: 'SIGN_IN_REFUSED',
  /** A team was made. */
  TeamCreated: 'TEAM_CREATED',
  /** A team was deleted. */
  TeamDeleted: 'TEAM_DELETED',
  /** A team was changed, or its members. */
  TeamUpdated: 'TEAM_UPDATED',
  /** A right was given for a while. */
  TemporaryGrantApproved: 'TEMPORARY_GRANT_APPROVED',
  /** The time of a right, or of the request for it, was over. */
  TemporaryGrantEnded: 'TEMPORARY_GRANT_ENDED',
  /** A right for a while was not given. */
  TemporaryGrantRefused: 'TEMPORARY_GRANT_REFUSED',
  /** Somebody asked for a right for a while. */
  TemporaryGrantRequested: 'TEMPORARY_GRANT_REQUESTED',
  /** A right for a while was taken back before its time. */
  TemporaryGrantRevoked: 'TEMPORARY_GRANT_REVOKED',
  /** A user was made. */
  UserCreated: 'USER_CREATED',
  /** A user may not sign in any more; his sessions ended. */
  UserDeactivated: 'USER_DEACTIVATED',
  /** A user may sign in again. */
  UserReactivated: 'USER_REACTIVATED',
  /** A user was changed; the detail holds the changed fields before and after. */
  UserUpdated: 'USER_UPDATED'
} as const;

export type SecurityAuditAction = typeof SecurityAuditAction[keyof typeof SecurityAuditAction];
/** What was done to a row. */
export const SecurityAuditChangeKind = {
  /** It was made. */
  Created: 'CREATED',
  /** It was deleted. */
  Deleted: 'DELETED',
  /** Some of its fields were changed. */
  Updated: 'UPDATED'
} as const;

export type SecurityAuditChangeKind = typeof SecurityAuditChangeKind[keyof typeof SecurityAuditChangeKind];
/** Which lines to list; what is given must all hold. */
export type SecurityAuditFilter = {
  /** What was done or tried. */
  action?: SecurityAuditAction | null | undefined;
  /** Id of the user who did it. */
  actorId?: string | number | null | undefined;
  /** Not before this instant. */
  from?: string | null | undefined;
  /** Name of the mutation, exactly: `leadUpdate`. */
  operation?: string | null | undefined;
  /** Whether it was done. */
  outcome?: SecurityAuditOutcome | null | undefined;
  /** Whether the right was an override. */
  override?: boolean | null | undefined;
  /** The right that it took, exactly: `leads:update`. */
  permission?: string | null | undefined;
  /** What it was done to, exactly. */
  target?: string | null | undefined;
  /** Part of the target, the mutation’s name, the detail or the changed fields, in any case. Without `from`, of the last 31 days before `to` or now. */
  text?: string | null | undefined;
  /** Before this instant. */
  to?: string | null | undefined;
  /** Trace id of the request. */
  traceId?: string | null | undefined;
};

/** Whether it was done. */
export const SecurityAuditOutcome = {
  /** It was done. */
  Allowed: 'ALLOWED',
  /** It broke off by a fault, with nothing changed. */
  Failed: 'FAILED',
  /** It was refused. */
  Refused: 'REFUSED'
} as const;

export type SecurityAuditOutcome = typeof SecurityAuditOutcome[keyof typeof SecurityAuditOutcome];
/** An account for a program. It cannot sign in: it is opened by API keys. */
export type ServiceAccountCreateInput = {
  /** Another center than one’s own: only with the right to make users in every center. */
  centerId?: string | number | null | undefined;
  /** Its name, by the rules of user names: 3 to 64 letters of one alphabet, digits, `.`, `_`, `-`. Kept in lower case. */
  name: string;
  /** Name of the role, e.g. `operator`. It may not hold more rights than the one who gives it. */
  role: string;
};

/** Why a session ended. */
export const SessionEndReason = {
  /** It was idle for too long or reached its age. */
  Expired: 'EXPIRED',
  /** The user signed out. */
  Logout: 'LOGOUT',
  /** A refresh token came a second time: two parties held tokens of the session. */
  RefreshReused: 'REFRESH_REUSED',
  /** It was taken back, with the user's access or by itself. */
  Revoked: 'REVOKED'
} as const;

export type SessionEndReason = typeof SessionEndReason[keyof typeof SessionEndReason];
/** Which sessions to list; what is given must all hold. */
export type SessionFilter = {
  /** Only those that stand, or only those that are over. */
  state?: SessionStatus | null | undefined;
  /** Those of this user. */
  userId?: string | number | null | undefined;
};

/** The session to take back. */
export type SessionRevokeInput = {
  /** Id of the session: one's own, or with `sessions:revoke` that of somebody who may do no more than oneself. */
  id: string | number;
};

/** Whether a session stands. */
export const SessionStatus = {
  /** It is over. */
  Ended: 'ENDED',
  /** It stands: its refresh token gets access tokens. */
  Live: 'LIVE'
} as const;

export type SessionStatus = typeof SessionStatus[keyof typeof SessionStatus];
/** Whose sessions to take back. */
export type SessionsRevokeAllInput = {
  /** True leaves the session of this request. */
  exceptCurrent?: boolean;
  /** Id of the user; oneself when absent. */
  userId?: string | number | null | undefined;
};

/** What is still needed to sign in. */
export const SignInChallengeKind = {
  /** A password of the user’s own choice: the one he came with was chosen by somebody else. */
  PasswordChange: 'PASSWORD_CHANGE',
  /** A code of the authenticator, or a recovery code. */
  SecondFactor: 'SECOND_FACTOR'
} as const;

export type SignInChallengeKind = typeof SignInChallengeKind[keyof typeof SignInChallengeKind];
/** What the administration wants of a slot, whatever state it is in. */
export const SlotAdminState = {
  /** It ends its call, then leaves service. */
  Draining: 'DRAINING',
  /** It shall work. */
  InService: 'IN_SERVICE',
  /** Out of service while somebody works on it. */
  Maintenance: 'MAINTENANCE',
  /** Out of service because it failed too often. */
  Quarantined: 'QUARANTINED',
  /** Out of service for good; its number stays taken. */
  Retired: 'RETIRED'
} as const;

export type SlotAdminState = typeof SlotAdminState[keyof typeof SlotAdminState];
/** What the administration wants of a slot. */
export type SlotAdminStateSetInput = {
  /** What is wanted of it. What is in a call leaves service after it. */
  adminState: SlotAdminState;
  /** Refuse when the slot has changed since this version. */
  expectedVersion?: number | null | undefined;
  /** The slot. */
  slotId: string | number;
};

/** Whether a call can be started on a slot, computed from its state, lease and administrative state. */
export const SlotAvailability = {
  /** In a call, or winding one up. */
  Busy: 'BUSY',
  /** Anybody who may start calls may start one here. */
  Free: 'FREE',
  /** Only the holder of its lease may start a call here. */
  Reserved: 'RESERVED',
  /** Not registered, at fault, or out of service. */
  Unavailable: 'UNAVAILABLE'
} as const;

export type SlotAvailability = typeof SlotAvailability[keyof typeof SlotAvailability];
/** Why a slot is unfit. */
export const SlotFaultReason = {
  /** Set by an administrator. */
  Admin: 'ADMIN',
  /** Its device's battery is too low. */
  Battery: 'BATTERY',
  /** Its device does not answer. */
  DeviceOffline: 'DEVICE_OFFLINE',
  /** Its hub is not heard of any more. */
  HeartbeatLost: 'HEARTBEAT_LOST',
  /** Its device is too hot. */
  Overheat: 'OVERHEAT',
  /** The PBX does not answer. */
  PbxDown: 'PBX_DOWN',
  /** A script on its device does not end. */
  ScriptHung: 'SCRIPT_HUNG',
  /** It could not be registered. */
  SipLost: 'SIP_LOST'
} as const;

export type SlotFaultReason = typeof SlotFaultReason[keyof typeof SlotFaultReason];
/** What kind of station a slot is; it decides the first digit of its number. */
export const SlotKind = {
  /** A slot of an automatic hub; numbers 6xxx. */
  Auto: 'AUTO',
  /** A host that runs local scripts; numbers 8xxx. */
  Ls: 'LS',
  /** A phone of a mobile farm; numbers 7xxx. */
  Mf: 'MF'
} as const;

export type SlotKind = typeof SlotKind[keyof typeof SlotKind];
/** A slot at fault that is to be checked and brought back. */
export type SlotRecoverInput = {
  /** Switch the power of its device off and on first. */
  cyclePower?: boolean;
  /** Of the client’s own making, 1 to 200 characters. For two days, the same request under it does nothing again and gets the same answer; another request under it is refused. */
  idempotencyKey: string;
  /** The slot. */
  slotId: string | number;
};

/** What a slot must be like that is picked for a call: of those that are FREE and fit, the one that has rested longest. */
export type SlotSelector = {
  /** Of this kind; absent: of any. */
  kind?: SlotKind | null | undefined;
  /** Of this trunk; absent: of any. */
  trunkId?: string | number | null | undefined;
};

/** Where a slot stands in its state machine. */
export const SlotState = {
  /** A call was answered and goes on. */
  ActiveCall: 'ACTIVE_CALL',
  /** Taken into service; its registration is about to be sent. */
  Assigned: 'ASSIGNED',
  /** A call is being set up. */
  Calling: 'CALLING',
  /** Unfit, see faultReason; left only after a passed health check. */
  Fault: 'FAULT',
  /** Out of service: no credentials, no registration. */
  Idle: 'IDLE',
  /** The call has ended; the slot is winding up. */
  Postcall: 'POSTCALL',
  /** Registered; a call can be started. */
  Ready: 'READY',
  /** Its phone is asked to register with SIP. */
  Registering: 'REGISTERING'
} as const;

export type SlotState = typeof SlotState[keyof typeof SlotState];
/** A team to be made. */
export type TeamCreateInput = {
  /** Another center than one's own: only with the right to make teams in every center. */
  centerId?: string | number | null | undefined;
  /** What the team is for, at most 500 characters. */
  description?: string | null | undefined;
  /** Name, 1 to 80 characters, unique within the center in any case. */
  name: string;
};

/** A team to be deleted. */
export type TeamDeleteInput = {
  /** The `version` that was read; with another one standing nothing is changed. */
  expectedVersion: number;
  /** Id of the team. */
  id: string | number;
};

/** Who is in a team from now on. */
export type TeamMembersSetInput = {
  /** The `version` that was read; with another one standing nothing is changed. */
  expectedVersion: number;
  /** Id of the team. */
  id: string | number;
  /** Ids of all members, users of the team's center, at most 500. Who is not named is a member no more. */
  userIds: Array<string | number>;
};

/** Changes to a team; what is absent stays as it is. */
export type TeamUpdateInput = {
  /** What the team is for, at most 500 characters; null empties it. */
  description?: string | null | undefined;
  /** The `version` that was read; with another one standing nothing is changed. */
  expectedVersion: number;
  /** Id of the team. */
  id: string | number;
  /** Name, 1 to 80 characters, unique within the center in any case. */
  name?: string | null | undefined;
};

/** Why telephony refused a request. */
export const TelephonyErrorCode = {
  /** The call has ended before. */
  CallAlreadyEnded: 'CALL_ALREADY_ENDED',
  /** The capacity is not between 1 and 999. */
  CapacityInvalid: 'CAPACITY_INVALID',
  /** The hub of the slot is not there. */
  HubOffline: 'HUB_OFFLINE',
  /** The idempotency key was used for another input. */
  IdempotencyKeyReused: 'IDEMPOTENCY_KEY_REUSED',
  /** The input contradicts itself; the message says how. */
  InputInvalid: 'INPUT_INVALID',
  /** A call goes on under this lease; it ends with the call. */
  LeaseInUse: 'LEASE_IN_USE',
  /** No slot that fits is free now. */
  NoSlotFree: 'NO_SLOT_FREE',
  /** An emergency, premium, shared-cost, satellite or blocked number: never dialled. */
  PhoneNumberForbidden: 'PHONE_NUMBER_FORBIDDEN',
  /** Not a number that can exist, or not in E.164 form. */
  PhoneNumberInvalid: 'PHONE_NUMBER_INVALID',
  /** The center does not call this number. */
  PhoneNumberSuppressed: 'PHONE_NUMBER_SUPPRESSED',
  /** Not enough numbers are left for slots of this kind. */
  RangeExhausted: 'RANGE_EXHAUSTED',
  /** The right is there, but not for so long or so many at a time; `explainId` tells more. */
  RightLimited: 'RIGHT_LIMITED',
  /** Only a slot at fault can be recovered. */
  SlotNotFaulted: 'SLOT_NOT_FAULTED',
  /** The named slot cannot start a call now: not READY, out of service, or reserved by somebody else. */
  SlotNotReady: 'SLOT_NOT_READY',
  /** A retired slot does not come back. */
  SlotRetired: 'SLOT_RETIRED',
  /** It was changed in the meantime: read it again. */
  VersionConflict: 'VERSION_CONFLICT'
} as const;

export type TelephonyErrorCode = typeof TelephonyErrorCode[keyof typeof TelephonyErrorCode];
/** An answer to a request, or the end of a right. */
export type TemporaryGrantDecisionInput = {
  /** Id of the temporary grant. */
  id: string | number;
  /** Why, up to 500 characters. */
  reason?: string | null | undefined;
};

/** Which rights for a time to list; what is given must all hold. */
export type TemporaryGrantFilter = {
  /** What has become of them. */
  state?: TemporaryGrantState | null | undefined;
  /** Id of the user whom they are for. */
  userId?: string | number | null | undefined;
};

/** A right that is needed for a time. */
export type TemporaryGrantRequestInput = {
  /** How long, in minutes from the approval: up to eight hours, unless the installation says otherwise. */
  minutes: number;
  /** The right, `resource:action`: one of `permissions`. */
  permission: string;
  /** What it is needed for, up to 500 characters. */
  reason: string;
  /** How far it has to reach; absent, the narrowest that the right knows. */
  scope?: GrantScope | null | undefined;
  /** Whom it is for, in one’s center; absent, oneself. For others `temporary-grants:request` is needed in CENTER. */
  userId?: string | number | null | undefined;
};

/** What has become of a right that somebody asked for. */
export const TemporaryGrantState = {
  /** It is held, until `endsAt`. */
  Approved: 'APPROVED',
  /** Its time is over. */
  Expired: 'EXPIRED',
  /** Nobody answered within a day. */
  Lapsed: 'LAPSED',
  /** It was not given. */
  Refused: 'REFUSED',
  /** Nobody has answered yet. */
  Requested: 'REQUESTED',
  /** It was taken back, given up, or no longer asked for, before its time. */
  Revoked: 'REVOKED'
} as const;

export type TemporaryGrantState = typeof TemporaryGrantState[keyof typeof TemporaryGrantState];
/** A new trunk. */
export type TrunkCreateInput = {
  /** How many slots it gets, 1 to 999; they take the lowest free numbers of their kind. Of a trunk to a provider: how many calls it carries at once. */
  capacity: number;
  /** The center that it is made for; absent: one's own. */
  centerId?: string | number | null | undefined;
  /** The hub that serves its slots; without one they stay IDLE. */
  hubId?: string | number | null | undefined;
  /** Of the client’s own making, 1 to 200 characters. For two days, the same request under it does nothing again and gets the same answer; another request under it is refused. */
  idempotencyKey: string;
  /** What it stands for. */
  kind?: TrunkKind;
  /** What people call it, 1 to 200 characters. */
  name: string;
  /** The kind of all its slots; required for kind HUB, absent for PROVIDER. */
  slotKind?: SlotKind | null | undefined;
};

/** What a trunk stands for. */
export const TrunkKind = {
  /** The numbering side of a hub: it has slots. */
  Hub: 'HUB',
  /** A way out to the public telephone network: it has lines, but no slots. */
  Provider: 'PROVIDER'
} as const;

export type TrunkKind = typeof TrunkKind[keyof typeof TrunkKind];
/** A user to be made. His center is that of the one who makes him. */
export type UserCreateInput = {
  /** Another center than one's own: only with the right to make users in every center. */
  centerId?: string | number | null | undefined;
  /** Name that people call him by; the user name when absent. */
  displayName?: string | null | undefined;
  /** Email address. */
  email: string;
  /** Language, as BCP 47 names it, e.g. `pt-BR`. Null removes it. */
  locale?: string | null | undefined;
  /** Whether the password opens nothing until he has chosen one of his own; false when absent. */
  mustChangePassword?: boolean | null | undefined;
  /** At least 10 characters, not a common one, not the user name. */
  password: string;
  /** Telephone number in E.164: + country code number. Null removes it. */
  phone?: string | null | undefined;
  /** Name of the role, e.g. `operator`. It may not hold more rights than the one who gives it. */
  role: string;
  /** Teams of his center that he is a member of, at most 50; none when absent. */
  teamIds?: Array<string | number> | null | undefined;
  /** Time zone, by its IANA name, e.g. `Europe/Lisbon`. Null removes it. */
  timeZone?: string | null | undefined;
  /** Job title, 1 to 100 characters. Null removes it. */
  title?: string | null | undefined;
  /** Name to sign in with: 3 to 64 letters of one alphabet, digits, `.`, `_`, `-`. Kept in lower case. */
  username: string;
};

/** Which users to list; what is given must all hold. */
export type UserFilter = {
  /** Users of this center: for who sees more than his own. */
  centerId?: string | number | null | undefined;
  /** Persons, or service accounts. */
  kind?: UserKind | null | undefined;
  /** Name of the role, e.g. `operator`. */
  role?: string | null | undefined;
  /** Text that occurs in the user name or the display name, in any case; for holders of `users:read-contact` in the email address as well. */
  search?: string | null | undefined;
  /** Whether they may sign in. */
  state?: UserState | null | undefined;
  /** Members of this team. */
  teamId?: string | number | null | undefined;
};

/** Somebody to be invited. His center is that of the one who invites him; his password he chooses himself. */
export type UserInviteInput = {
  /** Another center than one's own: only with the right to make users in every center. */
  centerId?: string | number | null | undefined;
  /** Name that people call him by; the user name when absent. */
  displayName?: string | null | undefined;
  /** Email address. */
  email: string;
  /** Language, as BCP 47 names it, e.g. `pt-BR`. Null removes it. */
  locale?: string | null | undefined;
  /** Telephone number in E.164: + country code number. Null removes it. */
  phone?: string | null | undefined;
  /** Name of the role, e.g. `operator`. It may not hold more rights than the one who gives it. */
  role: string;
  /** Teams of his center that he is a member of, at most 50; none when absent. */
  teamIds?: Array<string | number> | null | undefined;
  /** Time zone, by its IANA name, e.g. `Europe/Lisbon`. Null removes it. */
  timeZone?: string | null | undefined;
  /** Job title, 1 to 100 characters. Null removes it. */
  title?: string | null | undefined;
  /** Name to sign in with: 3 to 64 letters of one alphabet, digits, `.`, `_`, `-`. Kept in lower case. */
  username: string;
};

/** Who stands behind an account. */
export const UserKind = {
  /** A person, who signs in. */
  Person: 'PERSON',
  /** A program, which has API keys and cannot sign in. */
  Service: 'SERVICE'
} as const;

export type UserKind = typeof UserKind[keyof typeof UserKind];
/** Whose password is lost. */
export type UserPasswordResetInput = {
  /** Id of the user. */
  id: string | number;
};

/** Taking the second factor of another user away. */
export type UserSecondFactorResetInput = {
  /** Id of the user. */
  id: string | number;
  /** Why, for the audit: 3 to 500 characters. */
  reason: string;
};

/** Whether a user may sign in. */
export const UserState = {
  /** May sign in. */
  Active: 'ACTIVE',
  /** May not sign in, and has no session. Kept, since calls and notes name him. */
  Deactivated: 'DEACTIVATED',
  /** Has a one-time link and has not used it: he cannot sign in before he does. */
  Invited: 'INVITED'
} as const;

export type UserState = typeof UserState[keyof typeof UserState];
/** Takes a user out, or lets him in again. */
export type UserStateInput = {
  /** The `version` that was read; with another one standing nothing is changed. */
  expectedVersion: number;
  /** Id of the user. */
  id: string | number;
  /** Why, at most 500 characters. It stands in the security audit: write nothing personal. */
  reason: string;
};

/** Changes to a user; what is absent stays as it is. */
export type UserUpdateInput = {
  /** Name that people call him by. */
  displayName?: string | null | undefined;
  /** Email address. */
  email?: string | null | undefined;
  /** The `version` that was read; with another one standing nothing is changed. */
  expectedVersion: number;
  /** Id of the user. */
  id: string | number;
  /** Language, as BCP 47 names it, e.g. `pt-BR`. Null removes it. */
  locale?: string | null | undefined;
  /** Telephone number in E.164: + country code number. Null removes it. */
  phone?: string | null | undefined;
  /** Name of another role. It may not hold more rights than the one who gives it. */
  role?: string | null | undefined;
  /** ACTIVE or DEACTIVATED; the latter ends all his sessions at once. */
  state?: UserState | null | undefined;
  /** The teams that he is a member of from now on, at most 50, all of his center. */
  teamIds?: Array<string | number> | null | undefined;
  /** Time zone, by its IANA name, e.g. `Europe/Lisbon`. Null removes it. */
  timeZone?: string | null | undefined;
  /** Job title, 1 to 100 characters. Null removes it. */
  title?: string | null | undefined;
};

export type EnteredFragment = { accessToken: string | null, refreshToken: string | null, expiresAt: string | null, deviceToken: string | null, user: { id: string, username: string, displayName: string, role: { name: string } } | null, challenge: { kind: SignInChallengeKind, token: string, expiresAt: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> };

export type SignInMutationVariables = Exact<{
  input: LoginInput;
}>;


export type SignInMutation = { login: { accessToken: string | null, refreshToken: string | null, expiresAt: string | null, deviceToken: string | null, user: { id: string, username: string, displayName: string, role: { name: string } } | null, challenge: { kind: SignInChallengeKind, token: string, expiresAt: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ContinueSignInMutationVariables = Exact<{
  input: LoginContinueInput;
}>;


export type ContinueSignInMutation = { loginContinue: { accessToken: string | null, refreshToken: string | null, expiresAt: string | null, deviceToken: string | null, user: { id: string, username: string, displayName: string, role: { name: string } } | null, challenge: { kind: SignInChallengeKind, token: string, expiresAt: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type InvitationPreviewQueryVariables = Exact<{
  token: string;
}>;


export type InvitationPreviewQuery = { invitationPreview: { purpose: InvitationPurpose, username: string, displayName: string, expiresAt: string } | null };

export type AcceptInvitationMutationVariables = Exact<{
  input: InvitationAcceptInput;
}>;


export type AcceptInvitationMutation = { invitationAccept: { accessToken: string | null, refreshToken: string | null, expiresAt: string | null, deviceToken: string | null, user: { id: string, username: string, displayName: string, role: { name: string } } | null, challenge: { kind: SignInChallengeKind, token: string, expiresAt: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type OidcProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type OidcProvidersQuery = { oidcProviders: Array<{ id: string, name: string }> };

export type StartOidcMutationVariables = Exact<{
  input: OidcStartInput;
}>;


export type StartOidcMutation = { oidcStart: { authorizationUrl: string | null, loginToken: string | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type FinishOidcMutationVariables = Exact<{
  input: OidcFinishInput;
}>;


export type FinishOidcMutation = { oidcFinish: { accessToken: string | null, refreshToken: string | null, expiresAt: string | null, deviceToken: string | null, user: { id: string, username: string, displayName: string, role: { name: string } } | null, challenge: { kind: SignInChallengeKind, token: string, expiresAt: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type MyProfileQueryVariables = Exact<{ [key: string]: never; }>;


export type MyProfileQuery = { me: { phone: string | null, title: string | null, locale: string | null, timeZone: string | null, id: string, username: string, displayName: string, kind: UserKind, email: string | null, state: UserState | null, version: number | null, lastLoginAt: string | null, teams: Array<{ id: string, name: string }> | null, role: { id: string, name: string } | null } };

export type ChangeMyProfileMutationVariables = Exact<{
  input: MeUpdateInput;
}>;


export type ChangeMyProfileMutation = { meUpdate: { user: { id: string, username: string, displayName: string, kind: UserKind, email: string | null, state: UserState | null, version: number | null, lastLoginAt: string | null, role: { id: string, name: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ChangeMyPasswordMutationVariables = Exact<{
  input: PasswordChangeInput;
}>;


export type ChangeMyPasswordMutation = { passwordChange: { user: { id: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type MySecondFactorQueryVariables = Exact<{ [key: string]: never; }>;


export type MySecondFactorQuery = { secondFactor: { enabled: boolean, since: string | null, recoveryCodesLeft: number } };

export type SetUpSecondFactorMutationVariables = Exact<{
  input: SecondFactorSetupInput;
}>;


export type SetUpSecondFactorMutation = { secondFactorSetup: { secret: string | null, uri: string | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ConfirmSecondFactorMutationVariables = Exact<{
  input: SecondFactorCodeInput;
}>;


export type ConfirmSecondFactorMutation = { secondFactorConfirm: { recoveryCodes: Array<string> | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type DisableSecondFactorMutationVariables = Exact<{
  input: SecondFactorDisableInput;
}>;


export type DisableSecondFactorMutation = { secondFactorDisable: { secondFactor: { enabled: boolean } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type RenewRecoveryCodesMutationVariables = Exact<{
  input: SecondFactorCodeInput;
}>;


export type RenewRecoveryCodesMutation = { recoveryCodesRenew: { recoveryCodes: Array<string> | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ExternalIdentitiesQueryVariables = Exact<{ [key: string]: never; }>;


export type ExternalIdentitiesQuery = { externalIdentities: Array<{ id: string, provider: string, lastUsedAt: string | null }> };

export type StartTieMutationVariables = Exact<{
  input: ExternalIdentityStartInput;
}>;


export type StartTieMutation = { externalIdentityStart: { authorizationUrl: string | null, loginToken: string | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type FinishTieMutationVariables = Exact<{
  input: OidcFinishInput;
}>;


export type FinishTieMutation = { externalIdentityAdd: { externalIdentities: Array<{ id: string }> | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type RemoveTieMutationVariables = Exact<{
  input: ExternalIdentityRemoveInput;
}>;


export type RemoveTieMutation = { externalIdentityRemove: { externalIdentities: Array<{ id: string }> | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type AuditListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: SecurityAuditFilter | null | undefined;
}>;


export type AuditListQuery = { securityAudit: { nodes: Array<{ id: string, seq: number | null, at: string, action: SecurityAuditAction, outcome: SecurityAuditOutcome, operation: string | null, permission: string | null, override: boolean, target: string | null, detail: unknown, traceId: string, sourceAddress: string, hash: string | null, actor: { id: string, username: string, displayName: string } | null, changes: Array<{ type: string, id: string, did: SecurityAuditChangeKind, fields: Array<{ name: string, before: unknown, after: unknown }> }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type VerifyAuditQueryVariables = Exact<{
  input: AuditVerifyInput;
}>;


export type VerifyAuditQuery = { auditVerify: { intact: boolean, checked: number, nextSeq: number | null, firstBreak: { seq: number, kind: AuditBreakKind } | null } };

export type AuditHeadQueryVariables = Exact<{
  centerId?: string | number | null | undefined;
}>;


export type AuditHeadQuery = { auditHead: { seq: number, hash: string, at: string, signed: string } };

export type ExportAuditQueryVariables = Exact<{
  input: AuditExportInput;
}>;


export type ExportAuditQuery = { auditExport: { jsonl: string, nextCursor: string | null, head: { signed: string } } };

export type CallRowFragment = { id: string, status: CallStatus, outcome: CallOutcome | null, direction: CallDirection, phoneNumber: string, startedAt: string, ringingAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, sipCode: number | null, hangupCause: number | null, failureReason: string | null, version: number, operator: { id: string, displayName: string } | null, lead: { id: string, clientName: string } | null };

export type CallFeedQueryVariables = Exact<{
  first: number;
  withSlot: boolean;
}>;


export type CallFeedQuery = { calls: { liveCursor: string | null, nodes: Array<{ id: string, status: CallStatus, outcome: CallOutcome | null, direction: CallDirection, phoneNumber: string, startedAt: string, ringingAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, sipCode: number | null, hangupCause: number | null, failureReason: string | null, version: number, slot?: { id: string, number: string } | null, operator: { id: string, displayName: string } | null, lead: { id: string, clientName: string } | null }> } };

export type CallChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  withSlot: boolean;
}>;


export type CallChangesSubscription = { callUpdated: { cursor: string, type: string, call: { id: string, status: CallStatus, outcome: CallOutcome | null, direction: CallDirection, phoneNumber: string, startedAt: string, ringingAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, sipCode: number | null, hangupCause: number | null, failureReason: string | null, version: number, slot?: { id: string, number: string } | null, operator: { id: string, displayName: string } | null, lead: { id: string, clientName: string } | null } | null } };

export type CallDetailQueryVariables = Exact<{
  id: string | number;
  withSlot: boolean;
}>;


export type CallDetailQuery = { call: { hungUpBy: CallParty | null, id: string, status: CallStatus, outcome: CallOutcome | null, direction: CallDirection, phoneNumber: string, startedAt: string, ringingAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, sipCode: number | null, hangupCause: number | null, failureReason: string | null, version: number, slot?: { id: string, number: string } | null, notes: { nodes: Array<{ id: string, text: string, createdAt: string, author: { id: string, displayName: string } | null }> } | null, cdr: { id: string, ringSeconds: number, talkSeconds: number, totalSeconds: number } | null, operator: { id: string, displayName: string } | null, lead: { id: string, clientName: string } | null } };

export type StartCallMutationVariables = Exact<{
  input: CallStartInput;
}>;


export type StartCallMutation = { callStart: { call: { id: string, status: CallStatus } | null, userErrors: Array<{ code: TelephonyErrorCode, message: string, field: Array<string> }> } };

export type EndCallMutationVariables = Exact<{
  input: CallEndInput;
}>;


export type EndCallMutation = { callEnd: { call: { id: string, status: CallStatus } | null, userErrors: Array<{ code: TelephonyErrorCode, message: string, field: Array<string> }> } };

export type ErasureReportQueryVariables = Exact<{
  userId: string | number;
}>;


export type ErasureReportQuery = { erasureReport: { id: string, reason: string, createdAt: string, complete: boolean, createdBy: { id: string, displayName: string } | null, answers: Array<{ subgraph: string, answeredAt: string | null, holdings: Array<{ what: string, erased: number, kept: number, reason: string | null }> }> } | null };

export type ErasePersonMutationVariables = Exact<{
  input: PersonEraseInput;
}>;


export type ErasePersonMutation = { personErase: { erasure: { id: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ExplainPermissionQueryVariables = Exact<{
  permission?: string | null | undefined;
  resource?: ResourceInput | null | undefined;
  asUserId?: string | number | null | undefined;
  explainId?: string | null | undefined;
}>;


export type ExplainPermissionQuery = { permissionExplain: { verdict: PermissionVerdict, permission: string, permissionVersion: number, text: string, missing: string | null, condition: string | null, isOverride: boolean, wouldBeAllowedNow: boolean, role: string, reason: PermissionReason, coordinate: string | null, at: string, user: { id: string, displayName: string } | null, grant: { resource: string, actions: Array<string>, scope: GrantScope, effect: GrantEffect, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null } | null, deniedBy: { resource: string, actions: Array<string>, scope: GrantScope, effect: GrantEffect, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null } | null, temporaryGrant: { id: string, reason: string, endsAt: string } | null, scopeTest: { held: GrantScope | null, needed: GrantScope | null, passed: boolean, why: string }, grantableBy: Array<{ role: { id: string, name: string } | null, users: Array<{ id: string, displayName: string }> }> } };

export type ListedKeyFragment = { id: string, name: string, prefix: string | null, state: ApiKeyState, version: number, createdAt: string, expiresAt: string, revokedAt: string | null, costPerMinute: number | null, scopes: Array<{ resource: string, actions: Array<string>, scope: GrantScope, effect: GrantEffect, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null }> | null, secrets: Array<{ number: number, prefix: string, expiresAt: string, lastUsedAt: string | null, lastUsedAddress: string | null }>, serviceAccount: { id: string, username: string, displayName: string } | null, maker: { id: string, displayName: string } | null };

export type ApiKeyListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: ApiKeyFilter | null | undefined;
}>;


export type ApiKeyListQuery = { apiKeys: { nodes: Array<{ id: string, name: string, prefix: string | null, state: ApiKeyState, version: number, createdAt: string, expiresAt: string, revokedAt: string | null, costPerMinute: number | null, scopes: Array<{ resource: string, actions: Array<string>, scope: GrantScope, effect: GrantEffect, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null }> | null, secrets: Array<{ number: number, prefix: string, expiresAt: string, lastUsedAt: string | null, lastUsedAddress: string | null }>, serviceAccount: { id: string, username: string, displayName: string } | null, maker: { id: string, displayName: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ServiceAccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type ServiceAccountsQuery = { users: { nodes: Array<{ id: string, username: string, displayName: string, kind: UserKind, email: string | null, state: UserState | null, version: number | null, lastLoginAt: string | null, role: { id: string, name: string } | null }> } };

export type AddServiceAccountMutationVariables = Exact<{
  input: ServiceAccountCreateInput;
}>;


export type AddServiceAccountMutation = { serviceAccountCreate: { serviceAccount: { id: string, username: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type AddApiKeyMutationVariables = Exact<{
  input: ApiKeyCreateInput;
}>;


export type AddApiKeyMutation = { apiKeyCreate: { secret: string | null, apiKey: { id: string, name: string, prefix: string | null, state: ApiKeyState, version: number, createdAt: string, expiresAt: string, revokedAt: string | null, costPerMinute: number | null, scopes: Array<{ resource: string, actions: Array<string>, scope: GrantScope, effect: GrantEffect, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null }> | null, secrets: Array<{ number: number, prefix: string, expiresAt: string, lastUsedAt: string | null, lastUsedAddress: string | null }>, serviceAccount: { id: string, username: string, displayName: string } | null, maker: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type RotateApiKeyMutationVariables = Exact<{
  input: ApiKeyRotateInput;
}>;


export type RotateApiKeyMutation = { apiKeyRotate: { secret: string | null, apiKey: { id: string, name: string, prefix: string | null, state: ApiKeyState, version: number, createdAt: string, expiresAt: string, revokedAt: string | null, costPerMinute: number | null, scopes: Array<{ resource: string, actions: Array<string>, scope: GrantScope, effect: GrantEffect, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null }> | null, secrets: Array<{ number: number, prefix: string, expiresAt: string, lastUsedAt: string | null, lastUsedAddress: string | null }>, serviceAccount: { id: string, username: string, displayName: string } | null, maker: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type RevokeApiKeyMutationVariables = Exact<{
  input: ApiKeyRevokeInput;
}>;


export type RevokeApiKeyMutation = { apiKeyRevoke: { apiKey: { id: string, name: string, prefix: string | null, state: ApiKeyState, version: number, createdAt: string, expiresAt: string, revokedAt: string | null, costPerMinute: number | null, scopes: Array<{ resource: string, actions: Array<string>, scope: GrantScope, effect: GrantEffect, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null }> | null, secrets: Array<{ number: number, prefix: string, expiresAt: string, lastUsedAt: string | null, lastUsedAddress: string | null }>, serviceAccount: { id: string, username: string, displayName: string } | null, maker: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type LeadRowFragment = { id: string, clientName: string, phone: string, status: LeadStatus, version: number, createdAt: string, assignedSeller: { id: string, displayName: string } | null };

export type NoteItemFragment = { id: string, text: string, createdAt: string, author: { id: string, displayName: string } | null };

export type LeadListQueryVariables = Exact<{
  first: number;
  filter?: LeadFilter | null | undefined;
}>;


export type LeadListQuery = { leads: { totalCount: number, nodes: Array<{ id: string, clientName: string, phone: string, status: LeadStatus, version: number, createdAt: string, assignedSeller: { id: string, displayName: string } | null }>, pageInfo: { hasNextPage: boolean } } };

export type LeadDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type LeadDetailQuery = { lead: { id: string, clientName: string, phone: string, status: LeadStatus, version: number, createdAt: string, notes: { nodes: Array<{ id: string, text: string, createdAt: string, author: { id: string, displayName: string } | null }> }, calls: { nodes: Array<{ id: string, status: CallStatus, outcome: CallOutcome | null, startedAt: string, talkSeconds: number | null, operator: { id: string, displayName: string } | null }> } | null, assignedSeller: { id: string, displayName: string } | null } };

export type AddLeadMutationVariables = Exact<{
  input: LeadCreateInput;
}>;


export type AddLeadMutation = { leadCreate: { lead: { id: string, clientName: string, phone: string, status: LeadStatus, version: number, createdAt: string, assignedSeller: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: CrmErrorCode, message: string, field: Array<string> }> } };

export type ChangeLeadMutationVariables = Exact<{
  input: LeadUpdateInput;
}>;


export type ChangeLeadMutation = { leadUpdate: { lead: { id: string, clientName: string, phone: string, status: LeadStatus, version: number, createdAt: string, assignedSeller: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: CrmErrorCode, message: string, field: Array<string> }> } };

export type AddNoteMutationVariables = Exact<{
  input: NoteCreateInput;
}>;


export type AddNoteMutation = { noteCreate: { note: { id: string, text: string, createdAt: string, author: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: CrmErrorCode, message: string, field: Array<string> }> } };

export type OverviewQueryVariables = Exact<{
  withOperators: boolean;
}>;


export type OverviewQuery = { dashboard: { role: string, scope: DashboardScope, at: string, calls: { active: number, startedToday: number, answeredToday: number, failedToday: number, talkSecondsToday: number, seizures: number, answered: number, answerSeizureRatio: number | null, averageCallDurationSeconds: number | null, byOutcome: Array<{ outcome: string, count: number }> }, slots: { total: number, free: number, busy: number, fault: number, byState: Array<{ state: string, count: number }> } | null, operators?: Array<{ activeCalls: number, callsToday: number, answeredToday: number, talkSecondsToday: number, operator: { id: string, displayName: string } | null }>, leads: { total: number, wonRatio: number | null, byStatus: Array<{ status: string, count: number }> }, activity: Array<{ at: string, started: number, answered: number, ended: number }> } };

export type EventLogQueryVariables = Exact<{
  filter?: LogEventFilter | null | undefined;
}>;


export type EventLogQuery = { events: { nodes: Array<{ id: string, type: string, module: LogModule, severity: LogSeverity, at: string, summary: string, traceId: string }> } };

export type GrantLineFragment = { resource: string, actions: Array<string>, scope: GrantScope, effect: GrantEffect, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null };

export type GrantLimitsFragment = { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null };

export type RoleRowFragment = { id: string, name: string, description: string, system: boolean, version: number, userCount: number | null };

export type RoleListQueryVariables = Exact<{ [key: string]: never; }>;


export type RoleListQuery = { roles: Array<{ id: string, name: string, description: string, system: boolean, version: number, userCount: number | null }> };

export type RoleDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type RoleDetailQuery = { role: { id: string, name: string, description: string, system: boolean, version: number, userCount: number | null, grants: Array<{ resource: string, actions: Array<string>, scope: GrantScope, effect: GrantEffect, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null }> | null, versions: { nodes: Array<{ id: string, version: number, at: string, actor: { id: string, displayName: string } | null, grants: Array<{ resource: string, actions: Array<string>, scope: GrantScope, effect: GrantEffect, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null }> }> } | null } };

export type PermissionCatalogueQueryVariables = Exact<{ [key: string]: never; }>;


export type PermissionCatalogueQuery = { permissions: Array<{ permission: string, resource: string, action: string, description: string, scopes: Array<GrantScope>, conditions: Array<GrantConditionName>, planned: boolean }> };

export type ChangedRightFragment = { permission: string, description: string, scope: GrantScope | null, before: GrantScope | null, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null, conditionsBefore: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null };

export type RoleDiffQueryVariables = Exact<{
  roleId?: string | number | null | undefined;
  grants: Array<GrantInput> | GrantInput;
}>;


export type RoleDiffQuery = { roleDiff: { usersTouched: number, removesLastAdministrator: boolean, beyondOwn: Array<string>, gained: Array<{ permission: string, description: string, scope: GrantScope | null, before: GrantScope | null, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null, conditionsBefore: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null }>, lost: Array<{ permission: string, description: string, scope: GrantScope | null, before: GrantScope | null, conditions: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null, conditionsBefore: { fields: Array<string> | null, protocols: Array<string> | null, maxConcurrent: number | null, maxDurationSec: number | null } | null }> } };

export type AddRoleMutationVariables = Exact<{
  input: RoleCreateInput;
}>;


export type AddRoleMutation = { roleCreate: { role: { id: string, name: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ChangeRoleMutationVariables = Exact<{
  input: RoleUpdateInput;
}>;


export type ChangeRoleMutation = { roleUpdate: { role: { id: string, version: number } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type RemoveRoleMutationVariables = Exact<{
  input: RoleDeleteInput;
}>;


export type RemoveRoleMutation = { roleDelete: { deletedRoleId: string | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type TemporaryGrantRowFragment = { id: string, permission: string, scope: GrantScope, reason: string, minutes: number, state: TemporaryGrantState, requestedAt: string, decidedAt: string | null, decisionReason: string | null, endsAt: string, endedAt: string | null, user: { id: string, displayName: string } | null, requestedBy: { id: string, displayName: string } | null, endedBy: { id: string, displayName: string } | null, decidedBy: { id: string, displayName: string } | null };

export type TemporaryGrantListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: TemporaryGrantFilter | null | undefined;
}>;


export type TemporaryGrantListQuery = { temporaryGrants: { nodes: Array<{ id: string, permission: string, scope: GrantScope, reason: string, minutes: number, state: TemporaryGrantState, requestedAt: string, decidedAt: string | null, decisionReason: string | null, endsAt: string, endedAt: string | null, user: { id: string, displayName: string } | null, requestedBy: { id: string, displayName: string } | null, endedBy: { id: string, displayName: string } | null, decidedBy: { id: string, displayName: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RequestTemporaryGrantMutationVariables = Exact<{
  input: TemporaryGrantRequestInput;
}>;


export type RequestTemporaryGrantMutation = { temporaryGrantRequest: { temporaryGrant: { id: string, permission: string, scope: GrantScope, reason: string, minutes: number, state: TemporaryGrantState, requestedAt: string, decidedAt: string | null, decisionReason: string | null, endsAt: string, endedAt: string | null, user: { id: string, displayName: string } | null, requestedBy: { id: string, displayName: string } | null, endedBy: { id: string, displayName: string } | null, decidedBy: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ApproveTemporaryGrantMutationVariables = Exact<{
  input: TemporaryGrantDecisionInput;
}>;


export type ApproveTemporaryGrantMutation = { temporaryGrantApprove: { temporaryGrant: { id: string, permission: string, scope: GrantScope, reason: string, minutes: number, state: TemporaryGrantState, requestedAt: string, decidedAt: string | null, decisionReason: string | null, endsAt: string, endedAt: string | null, user: { id: string, displayName: string } | null, requestedBy: { id: string, displayName: string } | null, endedBy: { id: string, displayName: string } | null, decidedBy: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type RefuseTemporaryGrantMutationVariables = Exact<{
  input: TemporaryGrantDecisionInput;
}>;


export type RefuseTemporaryGrantMutation = { temporaryGrantRefuse: { temporaryGrant: { id: string, permission: string, scope: GrantScope, reason: string, minutes: number, state: TemporaryGrantState, requestedAt: string, decidedAt: string | null, decisionReason: string | null, endsAt: string, endedAt: string | null, user: { id: string, displayName: string } | null, requestedBy: { id: string, displayName: string } | null, endedBy: { id: string, displayName: string } | null, decidedBy: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type RevokeTemporaryGrantMutationVariables = Exact<{
  input: TemporaryGrantDecisionInput;
}>;


export type RevokeTemporaryGrantMutation = { temporaryGrantRevoke: { temporaryGrant: { id: string, permission: string, scope: GrantScope, reason: string, minutes: number, state: TemporaryGrantState, requestedAt: string, decidedAt: string | null, decisionReason: string | null, endsAt: string, endedAt: string | null, user: { id: string, displayName: string } | null, requestedBy: { id: string, displayName: string } | null, endedBy: { id: string, displayName: string } | null, decidedBy: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type MyRightsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyRightsQuery = { me: { id: string, role: { id: string, name: string } | null }, myRights: Array<{ permission: string, scope: GrantScope }> };

export type SessionRowFragment = { id: string, device: string, address: string, createdAt: string, lastUsedAt: string, expiresAt: string, endedAt: string | null, endReason: SessionEndReason | null, current: boolean };

export type SessionListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: SessionFilter | null | undefined;
}>;


export type SessionListQuery = { sessions: { nodes: Array<{ id: string, device: string, address: string, createdAt: string, lastUsedAt: string, expiresAt: string, endedAt: string | null, endReason: SessionEndReason | null, current: boolean, user: { id: string, username: string, displayName: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MySessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type MySessionsQuery = { mySessions: { nodes: Array<{ id: string, device: string, address: string, createdAt: string, lastUsedAt: string, expiresAt: string, endedAt: string | null, endReason: SessionEndReason | null, current: boolean }> } };

export type RevokeSessionMutationVariables = Exact<{
  input: SessionRevokeInput;
}>;


export type RevokeSessionMutation = { sessionRevoke: { session: { id: string, endedAt: string | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type RevokeSessionsMutationVariables = Exact<{
  input: SessionsRevokeAllInput;
}>;


export type RevokeSessionsMutation = { sessionsRevokeAll: { revoked: number | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type SlotTileFragment = { id: string, number: string, kind: SlotKind, state: SlotState, stateSince: string, faultReason: SlotFaultReason | null, adminState: SlotAdminState, availability: SlotAvailability, sipRegistered: boolean, version: number };

export type SlotHealthFragment = { id: string, device: { id: string, serial: string, model: string, simulated: boolean, online: boolean } | null, telemetry: { at: string, cpuPercent: number | null, ramPercent: number | null, temperatureCelsius: number | null, batteryPercent: number | null, linkPercent: number | null } | null };

export type SlotWallQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type SlotWallQuery = { slots: { liveCursor: string | null, nodes: Array<{ id: string, number: string, kind: SlotKind, state: SlotState, stateSince: string, faultReason: SlotFaultReason | null, adminState: SlotAdminState, availability: SlotAvailability, sipRegistered: boolean, version: number, trunk: { id: string, name: string } | null, device: { id: string, serial: string, model: string, simulated: boolean, online: boolean } | null, telemetry: { at: string, cpuPercent: number | null, ramPercent: number | null, temperatureCelsius: number | null, batteryPercent: number | null, linkPercent: number | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SlotHealthsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type SlotHealthsQuery = { slots: { nodes: Array<{ id: string, device: { id: string, serial: string, model: string, simulated: boolean, online: boolean } | null, telemetry: { at: string, cpuPercent: number | null, ramPercent: number | null, temperatureCelsius: number | null, batteryPercent: number | null, linkPercent: number | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SlotChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type SlotChangesSubscription = { slotUpdated: { cursor: string, slot: { id: string, number: string, kind: SlotKind, state: SlotState, stateSince: string, faultReason: SlotFaultReason | null, adminState: SlotAdminState, availability: SlotAvailability, sipRegistered: boolean, version: number, trunk: { id: string, name: string } | null } | null } };

export type TrunkListQueryVariables = Exact<{ [key: string]: never; }>;


export type TrunkListQuery = { trunks: { nodes: Array<{ id: string, name: string, kind: TrunkKind, slotKind: SlotKind | null, capacity: number, createdAt: string, hub: { id: string, name: string, simulated: boolean, online: boolean } | null }> }, hubs: { nodes: Array<{ id: string, name: string, simulated: boolean, online: boolean }> } };

export type AddTrunkMutationVariables = Exact<{
  input: TrunkCreateInput;
}>;


export type AddTrunkMutation = { trunkCreate: { trunk: { id: string, name: string, capacity: number } | null, userErrors: Array<{ code: TelephonyErrorCode, message: string, field: Array<string> }> } };

export type SetSlotServiceMutationVariables = Exact<{
  input: SlotAdminStateSetInput;
}>;


export type SetSlotServiceMutation = { slotAdminStateSet: { slot: { id: string, number: string, kind: SlotKind, state: SlotState, stateSince: string, faultReason: SlotFaultReason | null, adminState: SlotAdminState, availability: SlotAvailability, sipRegistered: boolean, version: number } | null, userErrors: Array<{ code: TelephonyErrorCode, message: string, field: Array<string> }> } };

export type RecoverSlotMutationVariables = Exact<{
  input: SlotRecoverInput;
}>;


export type RecoverSlotMutation = { slotRecover: { slot: { id: string, number: string, kind: SlotKind, state: SlotState, stateSince: string, faultReason: SlotFaultReason | null, adminState: SlotAdminState, availability: SlotAvailability, sipRegistered: boolean, version: number } | null, userErrors: Array<{ code: TelephonyErrorCode, message: string, field: Array<string> }> } };

export type RefusedFragment = { code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null };

export type UserRowFragment = { id: string, username: string, displayName: string, kind: UserKind, email: string | null, state: UserState | null, version: number | null, lastLoginAt: string | null, role: { id: string, name: string } | null };

export type UserListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: UserFilter | null | undefined;
}>;


export type UserListQuery = { users: { totalCount: number, nodes: Array<{ id: string, username: string, displayName: string, kind: UserKind, email: string | null, state: UserState | null, version: number | null, lastLoginAt: string | null, role: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UserDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type UserDetailQuery = { user: { phone: string | null, title: string | null, locale: string | null, timeZone: string | null, createdAt: string | null, mustChangePassword: boolean | null, hasSecondFactor: boolean | null, id: string, username: string, displayName: string, kind: UserKind, email: string | null, state: UserState | null, version: number | null, lastLoginAt: string | null, teams: Array<{ id: string, name: string }> | null, role: { id: string, name: string } | null } };

export type RoleNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type RoleNamesQuery = { roles: Array<{ id: string, name: string, description: string }> };

export type TeamListQueryVariables = Exact<{ [key: string]: never; }>;


export type TeamListQuery = { teams: { nodes: Array<{ id: string, name: string, description: string, version: number, memberCount: number | null }> } };

export type TeamMembersQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type TeamMembersQuery = { team: { id: string, version: number, members: { nodes: Array<{ id: string, username: string, displayName: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } };

export type AddUserMutationVariables = Exact<{
  input: UserCreateInput;
}>;


export type AddUserMutation = { userCreate: { user: { id: string, username: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ChangeUserMutationVariables = Exact<{
  input: UserUpdateInput;
}>;


export type ChangeUserMutation = { userUpdate: { user: { id: string, username: string, displayName: string, kind: UserKind, email: string | null, state: UserState | null, version: number | null, lastLoginAt: string | null, role: { id: string, name: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type DeactivateUserMutationVariables = Exact<{
  input: UserStateInput;
}>;


export type DeactivateUserMutation = { userDeactivate: { user: { id: string, username: string, displayName: string, kind: UserKind, email: string | null, state: UserState | null, version: number | null, lastLoginAt: string | null, role: { id: string, name: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ReactivateUserMutationVariables = Exact<{
  input: UserStateInput;
}>;


export type ReactivateUserMutation = { userReactivate: { user: { id: string, username: string, displayName: string, kind: UserKind, email: string | null, state: UserState | null, version: number | null, lastLoginAt: string | null, role: { id: string, name: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ResetPasswordMutationVariables = Exact<{
  input: UserPasswordResetInput;
}>;


export type ResetPasswordMutation = { userPasswordReset: { token: string | null, invitation: { id: string, expiresAt: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ResetSecondFactorMutationVariables = Exact<{
  input: UserSecondFactorResetInput;
}>;


export type ResetSecondFactorMutation = { userSecondFactorReset: { user: { id: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type InvitationListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type InvitationListQuery = { invitations: { nodes: Array<{ id: string, purpose: InvitationPurpose, createdAt: string, expiresAt: string, user: { id: string, username: string, displayName: string } | null, createdBy: { id: string, displayName: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type InviteUserMutationVariables = Exact<{
  input: UserInviteInput;
}>;


export type InviteUserMutation = { userInvite: { token: string | null, invitation: { id: string, expiresAt: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type RevokeInvitationMutationVariables = Exact<{
  input: InvitationRevokeInput;
}>;


export type RevokeInvitationMutation = { invitationRevoke: { invitation: { id: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type AddTeamMutationVariables = Exact<{
  input: TeamCreateInput;
}>;


export type AddTeamMutation = { teamCreate: { team: { id: string } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type ChangeTeamMutationVariables = Exact<{
  input: TeamUpdateInput;
}>;


export type ChangeTeamMutation = { teamUpdate: { team: { id: string, version: number } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type RemoveTeamMutationVariables = Exact<{
  input: TeamDeleteInput;
}>;


export type RemoveTeamMutation = { teamDelete: { teamId: string | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export type SetTeamMembersMutationVariables = Exact<{
  input: TeamMembersSetInput;
}>;


export type SetTeamMembersMutation = { teamMembersSet: { team: { id: string, version: number } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, explainId: string | null }> } };

export const RefusedFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RefusedFragment, unknown>;
export const EnteredFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Entered"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"challenge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<EnteredFragment, unknown>;
export const CallRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringingAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"operator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}}]}}]}}]} as unknown as DocumentNode<CallRowFragment, unknown>;
export const GrantLimitsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}}]} as unknown as DocumentNode<GrantLimitsFragment, unknown>;
export const GrantLineFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Grant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"actions"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}}]} as unknown as DocumentNode<GrantLineFragment, unknown>;
export const ListedKeyFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedKey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAddress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Grant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"actions"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}}]} as unknown as DocumentNode<ListedKeyFragment, unknown>;
export const LeadRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"assignedSeller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<LeadRowFragment, unknown>;
export const NoteItemFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NoteItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Note"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<NoteItemFragment, unknown>;
export const RoleRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RoleRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Role"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"system"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"userCount"}}]}}]} as unknown as DocumentNode<RoleRowFragment, unknown>;
export const ChangedRightFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChangedRight"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RightChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}},{"kind":"Field","name":{"kind":"Name","value":"conditionsBefore"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}}]} as unknown as DocumentNode<ChangedRightFragment, unknown>;
export const TemporaryGrantRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TemporaryGrantRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"minutes"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"endedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<TemporaryGrantRowFragment, unknown>;
export const SessionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"device"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}}]} as unknown as DocumentNode<SessionRowFragment, unknown>;
export const SlotTileFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotTile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateSince"}},{"kind":"Field","name":{"kind":"Name","value":"faultReason"}},{"kind":"Field","name":{"kind":"Name","value":"adminState"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"sipRegistered"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<SlotTileFragment, unknown>;
export const SlotHealthFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"online"}}]}},{"kind":"Field","name":{"kind":"Name","value":"telemetry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"cpuPercent"}},{"kind":"Field","name":{"kind":"Name","value":"ramPercent"}},{"kind":"Field","name":{"kind":"Name","value":"temperatureCelsius"}},{"kind":"Field","name":{"kind":"Name","value":"batteryPercent"}},{"kind":"Field","name":{"kind":"Name","value":"linkPercent"}}]}}]}}]} as unknown as DocumentNode<SlotHealthFragment, unknown>;
export const UserRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<UserRowFragment, unknown>;
export const SignInDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LoginInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"login"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Entered"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Entered"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"challenge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const ContinueSignInDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ContinueSignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LoginContinueInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"loginContinue"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Entered"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Entered"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"challenge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<ContinueSignInMutation, ContinueSignInMutationVariables>;
export const InvitationPreviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"InvitationPreview"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"token"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invitationPreview"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"token"},"value":{"kind":"Variable","name":{"kind":"Name","value":"token"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<InvitationPreviewQuery, InvitationPreviewQueryVariables>;
export const AcceptInvitationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcceptInvitation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InvitationAcceptInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invitationAccept"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Entered"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Entered"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"challenge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<AcceptInvitationMutation, AcceptInvitationMutationVariables>;
export const OidcProvidersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OidcProviders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"oidcProviders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<OidcProvidersQuery, OidcProvidersQueryVariables>;
export const StartOidcDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartOidc"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OidcStartInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"oidcStart"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authorizationUrl"}},{"kind":"Field","name":{"kind":"Name","value":"loginToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<StartOidcMutation, StartOidcMutationVariables>;
export const FinishOidcDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"FinishOidc"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OidcFinishInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"oidcFinish"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Entered"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Entered"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"challenge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<FinishOidcMutation, FinishOidcMutationVariables>;
export const MyProfileDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MyProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"teams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<MyProfileQuery, MyProfileQueryVariables>;
export const ChangeMyProfileDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangeMyProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MeUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"meUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ChangeMyProfileMutation, ChangeMyProfileMutationVariables>;
export const ChangeMyPasswordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangeMyPassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PasswordChangeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"passwordChange"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<ChangeMyPasswordMutation, ChangeMyPasswordMutationVariables>;
export const MySecondFactorDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MySecondFactor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secondFactor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"recoveryCodesLeft"}}]}}]}}]} as unknown as DocumentNode<MySecondFactorQuery, MySecondFactorQueryVariables>;
export const SetUpSecondFactorDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetUpSecondFactor"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SecondFactorSetupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secondFactorSetup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"uri"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<SetUpSecondFactorMutation, SetUpSecondFactorMutationVariables>;
export const ConfirmSecondFactorDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmSecondFactor"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SecondFactorCodeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secondFactorConfirm"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recoveryCodes"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<ConfirmSecondFactorMutation, ConfirmSecondFactorMutationVariables>;
export const DisableSecondFactorDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DisableSecondFactor"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SecondFactorDisableInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secondFactorDisable"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secondFactor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<DisableSecondFactorMutation, DisableSecondFactorMutationVariables>;
export const RenewRecoveryCodesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RenewRecoveryCodes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SecondFactorCodeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recoveryCodesRenew"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recoveryCodes"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RenewRecoveryCodesMutation, RenewRecoveryCodesMutationVariables>;
export const ExternalIdentitiesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExternalIdentities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"externalIdentities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]}}]} as unknown as DocumentNode<ExternalIdentitiesQuery, ExternalIdentitiesQueryVariables>;
export const StartTieDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartTie"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ExternalIdentityStartInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"externalIdentityStart"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"authorizationUrl"}},{"kind":"Field","name":{"kind":"Name","value":"loginToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<StartTieMutation, StartTieMutationVariables>;
export const FinishTieDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"FinishTie"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OidcFinishInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"externalIdentityAdd"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"externalIdentities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<FinishTieMutation, FinishTieMutationVariables>;
export const RemoveTieDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveTie"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ExternalIdentityRemoveInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"externalIdentityRemove"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"externalIdentities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RemoveTieMutation, RemoveTieMutationVariables>;
export const AuditListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SecurityAuditFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"securityAudit"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"operation"}},{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"override"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"traceId"}},{"kind":"Field","name":{"kind":"Name","value":"sourceAddress"}},{"kind":"Field","name":{"kind":"Name","value":"hash"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"did"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<AuditListQuery, AuditListQueryVariables>;
export const VerifyAuditDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"VerifyAudit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditVerifyInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditVerify"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"intact"}},{"kind":"Field","name":{"kind":"Name","value":"checked"}},{"kind":"Field","name":{"kind":"Name","value":"firstBreak"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nextSeq"}}]}}]}}]} as unknown as DocumentNode<VerifyAuditQuery, VerifyAuditQueryVariables>;
export const AuditHeadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditHead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"centerId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditHead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"centerId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"centerId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"hash"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"signed"}}]}}]}}]} as unknown as DocumentNode<AuditHeadQuery, AuditHeadQueryVariables>;
export const ExportAuditDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExportAudit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditExportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditExport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jsonl"}},{"kind":"Field","name":{"kind":"Name","value":"nextCursor"}},{"kind":"Field","name":{"kind":"Name","value":"head"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signed"}}]}}]}}]}}]} as unknown as DocumentNode<ExportAuditQuery, ExportAuditQueryVariables>;
export const CallFeedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CallFeed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"withSlot"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"calls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"liveCursor"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallRow"}},{"kind":"Field","name":{"kind":"Name","value":"slot"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"withSlot"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringingAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"operator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}}]}}]}}]} as unknown as DocumentNode<CallFeedQuery, CallFeedQueryVariables>;
export const CallChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CallChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"withSlot"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallRow"}},{"kind":"Field","name":{"kind":"Name","value":"slot"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"withSlot"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringingAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"operator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}}]}}]}}]} as unknown as DocumentNode<CallChangesSubscription, CallChangesSubscriptionVariables>;
export const CallDetailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CallDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"withSlot"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallRow"}},{"kind":"Field","name":{"kind":"Name","value":"slot"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"withSlot"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"hungUpBy"}},{"kind":"Field","name":{"kind":"Name","value":"notes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"cdr"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"ringSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"totalSeconds"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringingAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"operator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}}]}}]}}]} as unknown as DocumentNode<CallDetailQuery, CallDetailQueryVariables>;
export const StartCallDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartCall"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CallStartInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callStart"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<StartCallMutation, StartCallMutationVariables>;
export const EndCallDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"EndCall"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CallEndInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callEnd"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<EndCallMutation, EndCallMutationVariables>;
export const ErasureReportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ErasureReport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"erasureReport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"answers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subgraph"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"holdings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"what"}},{"kind":"Field","name":{"kind":"Name","value":"erased"}},{"kind":"Field","name":{"kind":"Name","value":"kept"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ErasureReportQuery, ErasureReportQueryVariables>;
export const ErasePersonDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ErasePerson"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PersonEraseInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"personErase"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"erasure"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<ErasePersonMutation, ErasePersonMutationVariables>;
export const ExplainPermissionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ExplainPermission"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"permission"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"resource"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ResourceInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"asUserId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"explainId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"permissionExplain"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"permission"},"value":{"kind":"Variable","name":{"kind":"Name","value":"permission"}}},{"kind":"Argument","name":{"kind":"Name","value":"resource"},"value":{"kind":"Variable","name":{"kind":"Name","value":"resource"}}},{"kind":"Argument","name":{"kind":"Name","value":"asUserId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"asUserId"}}},{"kind":"Argument","name":{"kind":"Name","value":"explainId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"explainId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"verdict"}},{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"permissionVersion"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"missing"}},{"kind":"Field","name":{"kind":"Name","value":"condition"}},{"kind":"Field","name":{"kind":"Name","value":"isOverride"}},{"kind":"Field","name":{"kind":"Name","value":"wouldBeAllowedNow"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"coordinate"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"grant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deniedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"temporaryGrant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scopeTest"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"needed"}},{"kind":"Field","name":{"kind":"Name","value":"passed"}},{"kind":"Field","name":{"kind":"Name","value":"why"}}]}},{"kind":"Field","name":{"kind":"Name","value":"grantableBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"users"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Grant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"actions"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}}]} as unknown as DocumentNode<ExplainPermissionQuery, ExplainPermissionQueryVariables>;
export const ApiKeyListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ApiKeyList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKeyFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKeys"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListedKey"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedKey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAddress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Grant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"actions"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}}]} as unknown as DocumentNode<ApiKeyListQuery, ApiKeyListQueryVariables>;
export const ServiceAccountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ServiceAccounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"kind"},"value":{"kind":"EnumValue","value":"SERVICE"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ServiceAccountsQuery, ServiceAccountsQueryVariables>;
export const AddServiceAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddServiceAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ServiceAccountCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serviceAccountCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<AddServiceAccountMutation, AddServiceAccountMutationVariables>;
export const AddApiKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddApiKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKeyCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKeyCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListedKey"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedKey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAddress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Grant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"actions"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<AddApiKeyMutation, AddApiKeyMutationVariables>;
export const RotateApiKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RotateApiKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKeyRotateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKeyRotate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListedKey"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedKey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAddress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Grant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"actions"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RotateApiKeyMutation, RotateApiKeyMutationVariables>;
export const RevokeApiKeyDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeApiKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKeyRevokeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKeyRevoke"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListedKey"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedKey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"costPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAddress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Grant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"actions"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;
export const LeadListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LeadList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LeadFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leads"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"assignedSeller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<LeadListQuery, LeadListQueryVariables>;
export const LeadDetailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"LeadDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadRow"}},{"kind":"Field","name":{"kind":"Name","value":"notes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"NoteItem"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"operator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"assignedSeller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NoteItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Note"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<LeadDetailQuery, LeadDetailQueryVariables>;
export const AddLeadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddLead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LeadCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leadCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"assignedSeller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<AddLeadMutation, AddLeadMutationVariables>;
export const ChangeLeadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangeLead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LeadUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leadUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"assignedSeller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<ChangeLeadMutation, ChangeLeadMutationVariables>;
export const AddNoteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddNote"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"NoteCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"noteCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"note"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"NoteItem"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NoteItem"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Note"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<AddNoteMutation, AddNoteMutationVariables>;
export const OverviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Overview"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"withOperators"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dashboard"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"startedToday"}},{"kind":"Field","name":{"kind":"Name","value":"answeredToday"}},{"kind":"Field","name":{"kind":"Name","value":"failedToday"}},{"kind":"Field","name":{"kind":"Name","value":"talkSecondsToday"}},{"kind":"Field","name":{"kind":"Name","value":"seizures"}},{"kind":"Field","name":{"kind":"Name","value":"answered"}},{"kind":"Field","name":{"kind":"Name","value":"answerSeizureRatio"}},{"kind":"Field","name":{"kind":"Name","value":"averageCallDurationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"byOutcome"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"slots"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"free"}},{"kind":"Field","name":{"kind":"Name","value":"busy"}},{"kind":"Field","name":{"kind":"Name","value":"fault"}},{"kind":"Field","name":{"kind":"Name","value":"byState"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"operators"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"withOperators"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"activeCalls"}},{"kind":"Field","name":{"kind":"Name","value":"callsToday"}},{"kind":"Field","name":{"kind":"Name","value":"answeredToday"}},{"kind":"Field","name":{"kind":"Name","value":"talkSecondsToday"}},{"kind":"Field","name":{"kind":"Name","value":"operator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"leads"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"wonRatio"}},{"kind":"Field","name":{"kind":"Name","value":"byStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"activity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"started"}},{"kind":"Field","name":{"kind":"Name","value":"answered"}},{"kind":"Field","name":{"kind":"Name","value":"ended"}}]}}]}}]}}]} as unknown as DocumentNode<OverviewQuery, OverviewQueryVariables>;
export const EventLogDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EventLog"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LogEventFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"module"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"traceId"}}]}}]}}]}}]} as unknown as DocumentNode<EventLogQuery, EventLogQueryVariables>;
export const RoleListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RoleList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RoleRow"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RoleRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Role"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"system"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"userCount"}}]}}]} as unknown as DocumentNode<RoleListQuery, RoleListQueryVariables>;
export const RoleDetailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RoleDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RoleRow"}},{"kind":"Field","name":{"kind":"Name","value":"grants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"versions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"grants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLine"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Grant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"actions"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"effect"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RoleRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Role"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"system"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"userCount"}}]}}]} as unknown as DocumentNode<RoleDetailQuery, RoleDetailQueryVariables>;
export const PermissionCatalogueDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PermissionCatalogue"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"permissions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"resource"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"}},{"kind":"Field","name":{"kind":"Name","value":"planned"}}]}}]}}]} as unknown as DocumentNode<PermissionCatalogueQuery, PermissionCatalogueQueryVariables>;
export const RoleDiffDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RoleDiff"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"roleId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"grants"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"GrantInput"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roleDiff"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"roleId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"roleId"}}},{"kind":"Argument","name":{"kind":"Name","value":"grants"},"value":{"kind":"Variable","name":{"kind":"Name","value":"grants"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"gained"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChangedRight"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lost"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChangedRight"}}]}},{"kind":"Field","name":{"kind":"Name","value":"usersTouched"}},{"kind":"Field","name":{"kind":"Name","value":"removesLastAdministrator"}},{"kind":"Field","name":{"kind":"Name","value":"beyondOwn"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GrantLimits"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GrantConditions"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"protocols"}},{"kind":"Field","name":{"kind":"Name","value":"maxConcurrent"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationSec"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChangedRight"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RightChange"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"conditions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}},{"kind":"Field","name":{"kind":"Name","value":"conditionsBefore"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GrantLimits"}}]}}]}}]} as unknown as DocumentNode<RoleDiffQuery, RoleDiffQueryVariables>;
export const AddRoleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddRole"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RoleCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roleCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<AddRoleMutation, AddRoleMutationVariables>;
export const ChangeRoleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangeRole"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RoleUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roleUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<ChangeRoleMutation, ChangeRoleMutationVariables>;
export const RemoveRoleDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveRole"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RoleDeleteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roleDelete"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedRoleId"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RemoveRoleMutation, RemoveRoleMutationVariables>;
export const TemporaryGrantListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TemporaryGrantList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrantFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"temporaryGrants"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TemporaryGrantRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TemporaryGrantRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"minutes"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"endedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]} as unknown as DocumentNode<TemporaryGrantListQuery, TemporaryGrantListQueryVariables>;
export const RequestTemporaryGrantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RequestTemporaryGrant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrantRequestInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"temporaryGrantRequest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"temporaryGrant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TemporaryGrantRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TemporaryGrantRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"minutes"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"endedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RequestTemporaryGrantMutation, RequestTemporaryGrantMutationVariables>;
export const ApproveTemporaryGrantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ApproveTemporaryGrant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrantDecisionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"temporaryGrantApprove"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"temporaryGrant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TemporaryGrantRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TemporaryGrantRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"minutes"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"endedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<ApproveTemporaryGrantMutation, ApproveTemporaryGrantMutationVariables>;
export const RefuseTemporaryGrantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefuseTemporaryGrant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrantDecisionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"temporaryGrantRefuse"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"temporaryGrant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TemporaryGrantRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TemporaryGrantRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"minutes"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"endedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RefuseTemporaryGrantMutation, RefuseTemporaryGrantMutationVariables>;
export const RevokeTemporaryGrantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeTemporaryGrant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrantDecisionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"temporaryGrantRevoke"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"temporaryGrant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TemporaryGrantRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TemporaryGrantRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TemporaryGrant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"minutes"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decidedAt"}},{"kind":"Field","name":{"kind":"Name","value":"decisionReason"}},{"kind":"Field","name":{"kind":"Name","value":"endsAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"endedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"decidedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RevokeTemporaryGrantMutation, RevokeTemporaryGrantMutationVariables>;
export const MyRightsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MyRights"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"myRights"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"permission"}},{"kind":"Field","name":{"kind":"Name","value":"scope"}}]}}]}}]} as unknown as DocumentNode<MyRightsQuery, MyRightsQueryVariables>;
export const SessionListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SessionList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionRow"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"device"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}}]} as unknown as DocumentNode<SessionListQuery, SessionListQueryVariables>;
export const MySessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MySessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mySessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"state"},"value":{"kind":"EnumValue","value":"LIVE"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionRow"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"device"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endReason"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}}]} as unknown as DocumentNode<MySessionsQuery, MySessionsQueryVariables>;
export const RevokeSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionRevokeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionRevoke"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const RevokeSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeSessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionsRevokeAllInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionsRevokeAll"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revoked"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RevokeSessionsMutation, RevokeSessionsMutationVariables>;
export const SlotWallDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SlotWall"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slots"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"liveCursor"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SlotTile"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"SlotHealth"}},{"kind":"Field","name":{"kind":"Name","value":"trunk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotTile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateSince"}},{"kind":"Field","name":{"kind":"Name","value":"faultReason"}},{"kind":"Field","name":{"kind":"Name","value":"adminState"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"sipRegistered"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"online"}}]}},{"kind":"Field","name":{"kind":"Name","value":"telemetry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"cpuPercent"}},{"kind":"Field","name":{"kind":"Name","value":"ramPercent"}},{"kind":"Field","name":{"kind":"Name","value":"temperatureCelsius"}},{"kind":"Field","name":{"kind":"Name","value":"batteryPercent"}},{"kind":"Field","name":{"kind":"Name","value":"linkPercent"}}]}}]}}]} as unknown as DocumentNode<SlotWallQuery, SlotWallQueryVariables>;
export const SlotHealthsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SlotHealths"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slots"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SlotHealth"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotHealth"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"online"}}]}},{"kind":"Field","name":{"kind":"Name","value":"telemetry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"cpuPercent"}},{"kind":"Field","name":{"kind":"Name","value":"ramPercent"}},{"kind":"Field","name":{"kind":"Name","value":"temperatureCelsius"}},{"kind":"Field","name":{"kind":"Name","value":"batteryPercent"}},{"kind":"Field","name":{"kind":"Name","value":"linkPercent"}}]}}]}}]} as unknown as DocumentNode<SlotHealthsQuery, SlotHealthsQueryVariables>;
export const SlotChangesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"SlotChanges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slotUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"slot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SlotTile"}},{"kind":"Field","name":{"kind":"Name","value":"trunk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotTile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateSince"}},{"kind":"Field","name":{"kind":"Name","value":"faultReason"}},{"kind":"Field","name":{"kind":"Name","value":"adminState"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"sipRegistered"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<SlotChangesSubscription, SlotChangesSubscriptionVariables>;
export const TrunkListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TrunkList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trunks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"slotKind"}},{"kind":"Field","name":{"kind":"Name","value":"capacity"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"hub"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"online"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"hubs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"online"}}]}}]}}]}}]} as unknown as DocumentNode<TrunkListQuery, TrunkListQueryVariables>;
export const AddTrunkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddTrunk"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TrunkCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trunkCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trunk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"capacity"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}}]} as unknown as DocumentNode<AddTrunkMutation, AddTrunkMutationVariables>;
export const SetSlotServiceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetSlotService"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SlotAdminStateSetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slotAdminStateSet"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SlotTile"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotTile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateSince"}},{"kind":"Field","name":{"kind":"Name","value":"faultReason"}},{"kind":"Field","name":{"kind":"Name","value":"adminState"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"sipRegistered"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<SetSlotServiceMutation, SetSlotServiceMutationVariables>;
export const RecoverSlotDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RecoverSlot"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SlotRecoverInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slotRecover"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SlotTile"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotTile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateSince"}},{"kind":"Field","name":{"kind":"Name","value":"faultReason"}},{"kind":"Field","name":{"kind":"Name","value":"adminState"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"sipRegistered"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<RecoverSlotMutation, RecoverSlotMutationVariables>;
export const UserListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UserList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"UserFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<UserListQuery, UserListQueryVariables>;
export const UserDetailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UserDetail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"mustChangePassword"}},{"kind":"Field","name":{"kind":"Name","value":"hasSecondFactor"}},{"kind":"Field","name":{"kind":"Name","value":"teams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<UserDetailQuery, UserDetailQueryVariables>;
export const RoleNamesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RoleNames"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]}}]} as unknown as DocumentNode<RoleNamesQuery, RoleNamesQueryVariables>;
export const TeamListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TeamList"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"teams"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"memberCount"}}]}}]}}]}}]} as unknown as DocumentNode<TeamListQuery, TeamListQueryVariables>;
export const TeamMembersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TeamMembers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"members"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<TeamMembersQuery, TeamMembersQueryVariables>;
export const AddUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UserCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<AddUserMutation, AddUserMutationVariables>;
export const ChangeUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangeUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UserUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ChangeUserMutation, ChangeUserMutationVariables>;
export const DeactivateUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeactivateUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UserStateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userDeactivate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<DeactivateUserMutation, DeactivateUserMutationVariables>;
export const ReactivateUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReactivateUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UserStateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userReactivate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ReactivateUserMutation, ReactivateUserMutationVariables>;
export const ResetPasswordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResetPassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UserPasswordResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userPasswordReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"invitation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const ResetSecondFactorDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResetSecondFactor"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UserSecondFactorResetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userSecondFactorReset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<ResetSecondFactorMutation, ResetSecondFactorMutationVariables>;
export const InvitationListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"InvitationList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invitations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"state"},"value":{"kind":"EnumValue","value":"PENDING"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<InvitationListQuery, InvitationListQueryVariables>;
export const InviteUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"InviteUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UserInviteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userInvite"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invitation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<InviteUserMutation, InviteUserMutationVariables>;
export const RevokeInvitationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeInvitation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InvitationRevokeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invitationRevoke"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"invitation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RevokeInvitationMutation, RevokeInvitationMutationVariables>;
export const AddTeamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddTeam"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TeamCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"teamCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<AddTeamMutation, AddTeamMutationVariables>;
export const ChangeTeamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangeTeam"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TeamUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"teamUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<ChangeTeamMutation, ChangeTeamMutationVariables>;
export const RemoveTeamDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveTeam"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TeamDeleteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"teamDelete"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"teamId"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<RemoveTeamMutation, RemoveTeamMutationVariables>;
export const SetTeamMembersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetTeamMembers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TeamMembersSetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"teamMembersSet"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"team"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refused"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refused"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"explainId"}}]}}]} as unknown as DocumentNode<SetTeamMembersMutation, SetTeamMembersMutationVariables>;