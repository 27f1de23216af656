import { keyPermissions, mayManage, type Permission, type Role, roles } from "#domain/roles.ts";

/**
 * Who asks for a change. Every command that a person may cause takes `{ caller, input }`, and its
 * event says who did it. A customer is known by a session, of which only the hash is stored.
 */
export type Caller =
  /** `isBrowser`: known by a cookie. A program leaves it out; its sessions are a world apart. */
  | { kind: "customer"; session: string | null; address: string | null; isBrowser?: true }
  | { kind: "member"; memberId: string; origin?: Origin }
  | { kind: "api_key"; apiKeyId: string; origin?: Origin }
  | ProfessionalCaller
  | { kind: "provider"; provider: string }
  | { kind: "operator" }
  | { kind: "system" };

/** From where a change came, for the audit log. */
export type Origin = { address: string | null; browser: string | null };

/** Whoever asks on a merchant's behalf, with what they may do there. */
export type MemberCaller = {
  kind: "member";
  memberId: string;
  tenantId: string;
  role: Role;
  /** Whose bookings they see, if the role is staff. */
  professionalId: string | null;
  seesPhones: boolean;
  permissions: readonly Permission[];
  origin: Origin;
};
/** A person who is signed in, before any merchant is asked about. */
export type PersonCaller = {
  kind: "person";
  personId: string;
  sessionId: string;
  name: string;
  email: string;
  tenantId: string | null;
  origin: Origin;
};
export type ApiKeyCaller = { kind: "api_key"; apiKeyId: string; tenantId: string; permissions: readonly Permission[]; origin: Origin };

/** Behind the link of their invitation. May read and correct themselves, and nothing else. */
export type ProfessionalCaller = { kind: "professional"; professionalId: string; invitationId: string; origin: Origin };

/** Rooms that may not import `domain` ask here. */
export const rolePermissions = (role: Role): readonly Permission[] => roles[role];
export const managedRoles = (role: Role): readonly Role[] => mayManage[role];
export type { Permission, Role };
export { keyPermissions };

/** Staff see only their own bookings; a program that may not change professionals sees none. */
export function seesBookingsOf(caller: MemberCaller | ApiKeyCaller, professionalId: string): boolean {
  if (caller.kind === "member" && caller.role === "staff") return caller.professionalId === professionalId;
  return caller.permissions.includes("professionals.change");
}

/** `onlyOf` is null for who sees all bookings. Staff see those of one professional, or none. */
export type BookingSight = { onlyOf: { professionalId: string | null } | null; seesPhones: boolean };

export function bookingSight(who: Pick<MemberCaller, "role" | "professionalId" | "seesPhones"> | Pick<ApiKeyCaller, "kind">): BookingSight {
  if (!("role" in who) || who.role !== "staff") return { onlyOf: null, seesPhones: true };
  return { onlyOf: { professionalId: who.professionalId }, seesPhones: who.seesPhones };
}

/** Whose bookings are wanted and seen: undefined means everybody's, null nobody's. */
export function professionalSeen({ onlyOf }: Pick<BookingSight, "onlyOf">, wanted: string | undefined): string | null | undefined {
  if (onlyOf === null) return wanted;
  return wanted === undefined || wanted === onlyOf.professionalId ? onlyOf.professionalId : null;
}

export type Customer = Extract<Caller, { kind: "customer" }>;

/** As events store it. The set is closed, so that "who did this?" always has an answer. */
export type Actor = "customer" | "provider" | "system" | "operator" | `member:${string}` | `api-key:${string}` | `professional:${string}`;

/** Of whoever has one. */
export const originOf = (caller: Caller): Origin | undefined => ("origin" in caller ? caller.origin : undefined);

export const system: Caller = { kind: "system" };

export function actorOf(caller: Caller): Actor {
  switch (caller.kind) {
    case "member":
      return `member:${caller.memberId}`;
    case "api_key":
      return `api-key:${caller.apiKeyId}`;
    case "professional":
      return `professional:${caller.professionalId}`;
    default:
      return caller.kind;
  }
}
