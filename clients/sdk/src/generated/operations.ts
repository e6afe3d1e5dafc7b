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

/** Which calls; conditions add up, and only narrow what the actor may see. */
export type CallFilter = {
  /** With this lead. */
  leadId?: string | number | null | undefined;
  /** True: those that go on; false: those that have ended. */
  live?: boolean | null | undefined;
  /** Of this operator. */
  operatorId?: string | number | null | undefined;
  /** With this number, E.164. */
  phoneNumber?: string | null | undefined;
  /** From this slot. */
  slotId?: string | number | null | undefined;
  /** Started at this instant or later. */
  startedFrom?: string | null | undefined;
  /** Started before this instant. */
  startedTo?: string | null | undefined;
  /** In this status. */
  status?: CallStatus | null | undefined;
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
/** Which records; conditions add up, and only narrow what the actor may see. */
export type CdrFilter = {
  /** Of calls with this lead. */
  leadId?: string | number | null | undefined;
  /** Of calls of this operator. */
  operatorId?: string | number | null | undefined;
  /** Of calls that ended like this. */
  outcome?: CallOutcome | null | undefined;
  /** Of calls started at this instant or later. */
  startedFrom?: string | null | undefined;
  /** Of calls started before this instant. */
  startedTo?: string | null | undefined;
};

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
/** Who signs in. */
export type LoginInput = {
  /** What an earlier sign-in on this device gave as `deviceToken`. With it, wrong passwords that strangers try from the same address do not make one wait. */
  deviceToken?: string | null | undefined;
  /** Password. */
  password: string;
  /** User name, in any case. */
  username: string;
};

/** The session to end. */
export type LogoutInput = {
  /** A refresh token of the session; absent, the cookie is taken, then the access token of the request. */
  refreshToken?: string | null | undefined;
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

/** An account for a program. It cannot sign in: it is opened by API keys. */
export type ServiceAccountCreateInput = {
  /** Another center than one’s own: only with the right to make users in every center. */
  centerId?: string | number | null | undefined;
  /** Its name, by the rules of user names: 3 to 64 letters of one alphabet, digits, `.`, `_`, `-`. Kept in lower case. */
  name: string;
  /** Name of the role, e.g. `operator`. It may not hold more rights than the one who gives it. */
  role: string;
};

/** The session to go on with. */
export type SessionRefreshInput = {
  /** The newest refresh token; absent in a browser, where it is taken from the cookie. */
  refreshToken?: string | null | undefined;
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
/** Which slots; conditions add up. */
export type SlotFilter = {
  /** That can, or cannot, start a call. */
  availability?: SlotAvailability | null | undefined;
  /** Only of this kind. */
  kind?: SlotKind | null | undefined;
  /** In this state. */
  state?: SlotState | null | undefined;
  /** Only of this trunk. */
  trunkId?: string | number | null | undefined;
};

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

/** Who stands behind an account. */
export const UserKind = {
  /** A person, who signs in. */
  Person: 'PERSON',
  /** A program, which has API keys and cannot sign in. */
  Service: 'SERVICE'
} as const;

export type UserKind = typeof UserKind[keyof typeof UserKind];
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
export type ApiKeyRowFragment = { id: string, name: string, prefix: string | null, state: ApiKeyState, version: number, createdAt: string, expiresAt: string, costPerMinute: number | null, serviceAccount: { id: string, username: string, displayName: string, role: { name: string } | null } | null, maker: { id: string, username: string, displayName: string, role: { name: string } | null } | null, secrets: Array<{ number: number, prefix: string, expiresAt: string, lastUsedAt: string | null }> };

export type ApiKeysQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
  filter?: ApiKeyFilter | null | undefined;
}>;


export type ApiKeysQuery = { apiKeys: { nodes: Array<{ id: string, name: string, prefix: string | null, state: ApiKeyState, version: number, createdAt: string, expiresAt: string, costPerMinute: number | null, serviceAccount: { id: string, username: string, displayName: string, role: { name: string } | null } | null, maker: { id: string, username: string, displayName: string, role: { name: string } | null } | null, secrets: Array<{ number: number, prefix: string, expiresAt: string, lastUsedAt: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ServiceAccountCreateMutationVariables = Exact<{
  input: ServiceAccountCreateInput;
}>;


export type ServiceAccountCreateMutation = { serviceAccountCreate: { serviceAccount: { id: string, username: string, displayName: string, role: { name: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type ApiKeyCreateMutationVariables = Exact<{
  input: ApiKeyCreateInput;
}>;


export type ApiKeyCreateMutation = { apiKeyCreate: { secret: string | null, apiKey: { id: string, name: string, prefix: string | null, state: ApiKeyState, version: number, createdAt: string, expiresAt: string, costPerMinute: number | null, serviceAccount: { id: string, username: string, displayName: string, role: { name: string } | null } | null, maker: { id: string, username: string, displayName: string, role: { name: string } | null } | null, secrets: Array<{ number: number, prefix: string, expiresAt: string, lastUsedAt: string | null }> } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type ApiKeyRotateMutationVariables = Exact<{
  input: ApiKeyRotateInput;
}>;


export type ApiKeyRotateMutation = { apiKeyRotate: { secret: string | null, apiKey: { id: string, name: string, prefix: string | null, state: ApiKeyState, version: number, createdAt: string, expiresAt: string, costPerMinute: number | null, serviceAccount: { id: string, username: string, displayName: string, role: { name: string } | null } | null, maker: { id: string, username: string, displayName: string, role: { name: string } | null } | null, secrets: Array<{ number: number, prefix: string, expiresAt: string, lastUsedAt: string | null }> } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type ApiKeyRevokeMutationVariables = Exact<{
  input: ApiKeyRevokeInput;
}>;


export type ApiKeyRevokeMutation = { apiKeyRevoke: { apiKey: { id: string, name: string, prefix: string | null, state: ApiKeyState, version: number, createdAt: string, expiresAt: string, costPerMinute: number | null, serviceAccount: { id: string, username: string, displayName: string, role: { name: string } | null } | null, maker: { id: string, username: string, displayName: string, role: { name: string } | null } | null, secrets: Array<{ number: number, prefix: string, expiresAt: string, lastUsedAt: string | null }> } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type LeadCardFragment = { id: string, clientName: string, phone: string, status: LeadStatus, version: number, assignedSeller: { id: string, username: string } | null };

export type CrmRefusalFragment = { code: CrmErrorCode, message: string, field: Array<string>, retryable: boolean };

export type LeadsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: LeadFilter | null | undefined;
}>;


export type LeadsQuery = { leads: { nodes: Array<{ id: string, clientName: string, phone: string, status: LeadStatus, version: number, assignedSeller: { id: string, username: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LeadQueryVariables = Exact<{
  id: string | number;
}>;


export type LeadQuery = { lead: { id: string, clientName: string, phone: string, status: LeadStatus, version: number, notes: { nodes: Array<{ id: string, text: string, createdAt: string, author: { id: string, displayName: string } | null }> }, calls: { nodes: Array<{ id: string, status: CallStatus, outcome: CallOutcome | null, startedAt: string, talkSeconds: number | null }> } | null, assignedSeller: { id: string, username: string } | null } };

export type LeadCreateMutationVariables = Exact<{
  input: LeadCreateInput;
}>;


export type LeadCreateMutation = { leadCreate: { lead: { id: string, clientName: string, phone: string, status: LeadStatus, version: number, assignedSeller: { id: string, username: string } | null } | null, userErrors: Array<{ code: CrmErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type LeadUpdateMutationVariables = Exact<{
  input: LeadUpdateInput;
}>;


export type LeadUpdateMutation = { leadUpdate: { lead: { id: string, clientName: string, phone: string, status: LeadStatus, version: number, assignedSeller: { id: string, username: string } | null } | null, userErrors: Array<{ code: CrmErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type NoteCreateMutationVariables = Exact<{
  input: NoteCreateInput;
}>;


export type NoteCreateMutation = { noteCreate: { note: { id: string, text: string, lead: { id: string } | null } | null, userErrors: Array<{ code: CrmErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type SignedInFragment = { id: string, username: string, displayName: string, role: { name: string } };

export type PersonFragment = { id: string, username: string, displayName: string, role: { name: string } | null };

export type IdentityRefusalFragment = { code: IdentityErrorCode, message: string, field: Array<string>, retryable: boolean };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { login: { accessToken: string | null, refreshToken: string | null, expiresAt: string | null, challenge: { kind: SignInChallengeKind, token: string, expiresAt: string } | null, user: { id: string, username: string, displayName: string, role: { name: string } } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type SessionRefreshMutationVariables = Exact<{
  input: SessionRefreshInput;
}>;


export type SessionRefreshMutation = { sessionRefresh: { accessToken: string | null, refreshToken: string | null, expiresAt: string | null, user: { id: string, username: string, displayName: string, role: { name: string } } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type LogoutMutationVariables = Exact<{
  input: LogoutInput;
}>;


export type LogoutMutation = { logout: { userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { email: string | null, lastLoginAt: string | null, id: string, username: string, displayName: string, role: { name: string } | null } };

export type UsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: UserFilter | null | undefined;
}>;


export type UsersQuery = { users: { nodes: Array<{ state: UserState | null, id: string, username: string, displayName: string, role: { name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UserCreateMutationVariables = Exact<{
  input: UserCreateInput;
}>;


export type UserCreateMutation = { userCreate: { user: { email: string | null, id: string, username: string, displayName: string, role: { name: string } | null } | null, userErrors: Array<{ code: IdentityErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type EventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: LogEventFilter | null | undefined;
}>;


export type EventsQuery = { events: { nodes: Array<{ id: string, type: string, module: LogModule, severity: LogSeverity, at: string, summary: string, aggregateId: string, traceId: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DashboardQueryVariables = Exact<{ [key: string]: never; }>;


export type DashboardQuery = { dashboard: { role: string, at: string, calls: { active: number, startedToday: number, answeredToday: number, talkSecondsToday: number }, slots: { total: number, free: number, busy: number, fault: number } | null, leads: { total: number, byStatus: Array<{ status: string, count: number }> } } };

export type SlotCardFragment = { id: string, number: string, kind: SlotKind, state: SlotState, stateSince: string, faultReason: SlotFaultReason | null, adminState: SlotAdminState, availability: SlotAvailability, sipRegistered: boolean, version: number };

export type CallCardFragment = { id: string, status: CallStatus, outcome: CallOutcome | null, direction: CallDirection, phoneNumber: string, startedAt: string, ringingAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, sipCode: number | null, hangupCause: number | null, failureReason: string | null, version: number };

export type TelephonyRefusalFragment = { code: TelephonyErrorCode, message: string, field: Array<string>, retryable: boolean };

export type SlotsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: SlotFilter | null | undefined;
}>;


export type SlotsQuery = { slots: { liveCursor: string | null, nodes: Array<{ id: string, number: string, kind: SlotKind, state: SlotState, stateSince: string, faultReason: SlotFaultReason | null, adminState: SlotAdminState, availability: SlotAvailability, sipRegistered: boolean, version: number, trunk: { id: string, name: string } | null, device: { id: string, serial: string, model: string, simulated: boolean, online: boolean } | null, telemetry: { at: string, batteryPercent: number | null, temperatureCelsius: number | null, cpuPercent: number | null, ramPercent: number | null, linkPercent: number | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SlotQueryVariables = Exact<{
  id: string | number;
}>;


export type SlotQuery = { slot: { id: string, number: string, kind: SlotKind, state: SlotState, stateSince: string, faultReason: SlotFaultReason | null, adminState: SlotAdminState, availability: SlotAvailability, sipRegistered: boolean, version: number } };

export type TrunksQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TrunksQuery = { trunks: { nodes: Array<{ id: string, name: string, kind: TrunkKind, slotKind: SlotKind | null, capacity: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type TrunkCreateMutationVariables = Exact<{
  input: TrunkCreateInput;
}>;


export type TrunkCreateMutation = { trunkCreate: { trunk: { id: string, name: string, capacity: number, slots: { nodes: Array<{ id: string, number: string, state: SlotState }> } | null } | null, userErrors: Array<{ code: TelephonyErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type CallsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CallFilter | null | undefined;
}>;


export type CallsQuery = { calls: { liveCursor: string | null, nodes: Array<{ id: string, status: CallStatus, outcome: CallOutcome | null, direction: CallDirection, phoneNumber: string, startedAt: string, ringingAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, sipCode: number | null, hangupCause: number | null, failureReason: string | null, version: number, slot: { id: string, number: string } | null, operator: { id: string, displayName: string } | null, lead: { id: string, clientName: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CallQueryVariables = Exact<{
  id: string | number;
}>;


export type CallQuery = { call: { id: string, status: CallStatus, outcome: CallOutcome | null, direction: CallDirection, phoneNumber: string, startedAt: string, ringingAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, sipCode: number | null, hangupCause: number | null, failureReason: string | null, version: number, slot: { id: string, number: string } | null, operator: { id: string, displayName: string } | null, lead: { id: string, clientName: string } | null, legs: Array<{ id: string, party: CallParty, startedAt: string, answeredAt: string | null, endedAt: string, hangupCause: number | null }>, cdr: { id: string, outcome: CallOutcome, ringSeconds: number, talkSeconds: number } | null, notes: { nodes: Array<{ id: string, text: string, createdAt: string }> } | null } };

export type CallStartMutationVariables = Exact<{
  input: CallStartInput;
}>;


export type CallStartMutation = { callStart: { call: { id: string, status: CallStatus, outcome: CallOutcome | null, direction: CallDirection, phoneNumber: string, startedAt: string, ringingAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, sipCode: number | null, hangupCause: number | null, failureReason: string | null, version: number } | null, userErrors: Array<{ code: TelephonyErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type CallEndMutationVariables = Exact<{
  input: CallEndInput;
}>;


export type CallEndMutation = { callEnd: { call: { id: string, status: CallStatus, outcome: CallOutcome | null, direction: CallDirection, phoneNumber: string, startedAt: string, ringingAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, sipCode: number | null, hangupCause: number | null, failureReason: string | null, version: number } | null, userErrors: Array<{ code: TelephonyErrorCode, message: string, field: Array<string>, retryable: boolean }> } };

export type CdrsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CdrFilter | null | undefined;
}>;


export type CdrsQuery = { cdrs: { nodes: Array<{ id: string, phoneNumber: string, slotNumber: string, outcome: CallOutcome, startedAt: string, endedAt: string, ringSeconds: number, talkSeconds: number, totalSeconds: number, sipCode: number | null, hangupCause: number | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CallUpdatedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  centerId?: string | number | null | undefined;
}>;


export type CallUpdatedSubscription = { callUpdated: { cursor: string, at: string, type: string, call: { id: string, status: CallStatus, outcome: CallOutcome | null, direction: CallDirection, phoneNumber: string, startedAt: string, ringingAt: string | null, answeredAt: string | null, endedAt: string | null, talkSeconds: number | null, sipCode: number | null, hangupCause: number | null, failureReason: string | null, version: number, slot: { id: string, number: string } | null, operator: { id: string, displayName: string } | null, lead: { id: string, clientName: string } | null } | null } };

export type SlotUpdatedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  centerId?: string | number | null | undefined;
}>;


export type SlotUpdatedSubscription = { slotUpdated: { cursor: string, at: string, type: string, slot: { id: string, number: string, kind: SlotKind, state: SlotState, stateSince: string, faultReason: SlotFaultReason | null, adminState: SlotAdminState, availability: SlotAvailability, sipRegistered: boolean, version: number } | null } };

export const PersonFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<PersonFragment, unknown>;
export const ApiKeyRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"costPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ApiKeyRowFragment, unknown>;
export const LeadCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"assignedSeller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}}]} as unknown as DocumentNode<LeadCardFragment, unknown>;
export const CrmRefusalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CrmRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CrmUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<CrmRefusalFragment, unknown>;
export const SignedInFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SignedIn"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionUser"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<SignedInFragment, unknown>;
export const IdentityRefusalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<IdentityRefusalFragment, unknown>;
export const SlotCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateSince"}},{"kind":"Field","name":{"kind":"Name","value":"faultReason"}},{"kind":"Field","name":{"kind":"Name","value":"adminState"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"sipRegistered"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<SlotCardFragment, unknown>;
export const CallCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringingAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<CallCardFragment, unknown>;
export const TelephonyRefusalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TelephonyRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TelephonyUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<TelephonyRefusalFragment, unknown>;
export const ApiKeysDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ApiKeys"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"50"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKeyFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKeys"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiKeyRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"costPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<ApiKeysQuery, ApiKeysQueryVariables>;
export const ServiceAccountCreateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ServiceAccountCreate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ServiceAccountCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serviceAccountCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<ServiceAccountCreateMutation, ServiceAccountCreateMutationVariables>;
export const ApiKeyCreateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ApiKeyCreate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKeyCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKeyCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiKeyRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"costPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<ApiKeyCreateMutation, ApiKeyCreateMutationVariables>;
export const ApiKeyRotateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ApiKeyRotate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKeyRotateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKeyRotate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiKeyRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"costPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<ApiKeyRotateMutation, ApiKeyRotateMutationVariables>;
export const ApiKeyRevokeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ApiKeyRevoke"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKeyRevokeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKeyRevoke"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiKeyRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiKeyRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"costPerMinute"}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"maker"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"prefix"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<ApiKeyRevokeMutation, ApiKeyRevokeMutationVariables>;
export const LeadsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Leads"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LeadFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leads"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"assignedSeller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}}]} as unknown as DocumentNode<LeadsQuery, LeadsQueryVariables>;
export const LeadDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Lead"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lead"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadCard"}},{"kind":"Field","name":{"kind":"Name","value":"notes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"assignedSeller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}}]} as unknown as DocumentNode<LeadQuery, LeadQueryVariables>;
export const LeadCreateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LeadCreate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LeadCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leadCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CrmRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"assignedSeller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CrmRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CrmUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<LeadCreateMutation, LeadCreateMutationVariables>;
export const LeadUpdateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LeadUpdate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LeadUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leadUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LeadCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CrmRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeadCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Lead"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"assignedSeller"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CrmRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CrmUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<LeadUpdateMutation, LeadUpdateMutationVariables>;
export const NoteCreateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"NoteCreate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"NoteCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"noteCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"note"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CrmRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CrmRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CrmUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<NoteCreateMutation, NoteCreateMutationVariables>;
export const LoginDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Login"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LoginInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"login"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"challenge"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SignedIn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SignedIn"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionUser"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<LoginMutation, LoginMutationVariables>;
export const SessionRefreshDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SessionRefresh"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionRefreshInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionRefresh"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SignedIn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SignedIn"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionUser"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<SessionRefreshMutation, SessionRefreshMutationVariables>;
export const LogoutDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Logout"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LogoutInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"logout"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<LogoutMutation, LogoutMutationVariables>;
export const MeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"lastLoginAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<MeQuery, MeQueryVariables>;
export const UsersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Users"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"UserFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<UsersQuery, UsersQueryVariables>;
export const UserCreateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UserCreate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UserCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"role"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<UserCreateMutation, UserCreateMutationVariables>;
export const EventsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Events"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LogEventFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"module"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"aggregateId"}},{"kind":"Field","name":{"kind":"Name","value":"traceId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<EventsQuery, EventsQueryVariables>;
export const DashboardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Dashboard"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dashboard"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"calls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"startedToday"}},{"kind":"Field","name":{"kind":"Name","value":"answeredToday"}},{"kind":"Field","name":{"kind":"Name","value":"talkSecondsToday"}}]}},{"kind":"Field","name":{"kind":"Name","value":"slots"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"free"}},{"kind":"Field","name":{"kind":"Name","value":"busy"}},{"kind":"Field","name":{"kind":"Name","value":"fault"}}]}},{"kind":"Field","name":{"kind":"Name","value":"leads"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"byStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}}]}}]}}]} as unknown as DocumentNode<DashboardQuery, DashboardQueryVariables>;
export const SlotsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Slots"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SlotFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slots"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"liveCursor"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SlotCard"}},{"kind":"Field","name":{"kind":"Name","value":"trunk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"online"}}]}},{"kind":"Field","name":{"kind":"Name","value":"telemetry"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"batteryPercent"}},{"kind":"Field","name":{"kind":"Name","value":"temperatureCelsius"}},{"kind":"Field","name":{"kind":"Name","value":"cpuPercent"}},{"kind":"Field","name":{"kind":"Name","value":"ramPercent"}},{"kind":"Field","name":{"kind":"Name","value":"linkPercent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateSince"}},{"kind":"Field","name":{"kind":"Name","value":"faultReason"}},{"kind":"Field","name":{"kind":"Name","value":"adminState"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"sipRegistered"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<SlotsQuery, SlotsQueryVariables>;
export const SlotDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Slot"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slot"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SlotCard"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateSince"}},{"kind":"Field","name":{"kind":"Name","value":"faultReason"}},{"kind":"Field","name":{"kind":"Name","value":"adminState"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"sipRegistered"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<SlotQuery, SlotQueryVariables>;
export const TrunksDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Trunks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trunks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"slotKind"}},{"kind":"Field","name":{"kind":"Name","value":"capacity"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<TrunksQuery, TrunksQueryVariables>;
export const TrunkCreateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TrunkCreate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TrunkCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trunkCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trunk"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"capacity"}},{"kind":"Field","name":{"kind":"Name","value":"slots"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TelephonyRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TelephonyRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TelephonyUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<TrunkCreateMutation, TrunkCreateMutationVariables>;
export const CallsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Calls"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CallFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"calls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"liveCursor"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallCard"}},{"kind":"Field","name":{"kind":"Name","value":"slot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringingAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<CallsQuery, CallsQueryVariables>;
export const CallDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Call"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallCard"}},{"kind":"Field","name":{"kind":"Name","value":"slot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"legs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"party"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cdr"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"ringSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"notes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringingAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<CallQuery, CallQueryVariables>;
export const CallStartDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CallStart"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CallStartInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callStart"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TelephonyRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringingAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TelephonyRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TelephonyUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<CallStartMutation, CallStartMutationVariables>;
export const CallEndDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CallEnd"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CallEndInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callEnd"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TelephonyRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringingAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TelephonyRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TelephonyUserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]} as unknown as DocumentNode<CallEndMutation, CallEndMutationVariables>;
export const CdrsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Cdrs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CdrFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cdrs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"slotNumber"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"totalSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<CdrsQuery, CdrsQueryVariables>;
export const CallUpdatedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CallUpdated"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"centerId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"centerId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"centerId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CallCard"}},{"kind":"Field","name":{"kind":"Name","value":"slot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operator"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lead"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"clientName"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CallCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Call"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"ringingAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"talkSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"sipCode"}},{"kind":"Field","name":{"kind":"Name","value":"hangupCause"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<CallUpdatedSubscription, CallUpdatedSubscriptionVariables>;
export const SlotUpdatedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"SlotUpdated"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"centerId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slotUpdated"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"centerId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"centerId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"slot"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SlotCard"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SlotCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Slot"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateSince"}},{"kind":"Field","name":{"kind":"Name","value":"faultReason"}},{"kind":"Field","name":{"kind":"Name","value":"adminState"}},{"kind":"Field","name":{"kind":"Name","value":"availability"}},{"kind":"Field","name":{"kind":"Name","value":"sipRegistered"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<SlotUpdatedSubscription, SlotUpdatedSubscriptionVariables>;