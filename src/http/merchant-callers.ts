import type { Context } from "hono";
import type { ApiKeyCaller, MemberCaller, Origin, Permission, PersonCaller } from "#contracts/caller.ts";
import { rolePermissions } from "#contracts/caller.ts";
import type { CallerKind } from "#contracts/operations/operation.ts";
import { Refusal } from "#contracts/problem.ts";
import { signedIn } from "#platform/auth.ts";
import { findApiKey, membershipFor } from "#queries/members.ts";
import { addressOf, type HttpEnv } from "./requests.ts";

const browserLengthMax = 300;
const keyShape = /^Bearer (kf_[A-Za-z0-9_-]{32,64})$/i;

/**
 * Who asks for a merchant: an API key if one is given, else the person of the cookie. A page says
 * with X-Tenant which merchant it shows, so that a tab of one never changes another. Refuses:
 * unauthorized, tenant_missing, forbidden.
 */
export async function merchantCaller(
  c: Context<HttpEnv>,
  allowed: readonly CallerKind[],
  permission: Permission,
): Promise<MemberCaller | ApiKeyCaller> {
  const caller = (allowed.includes("api_key") && (await keyCaller(c))) || (allowed.includes("member") && (await memberCaller(c)));
  if (!caller) throw new Refusal("unauthorized");
  if (!caller.permissions.includes(permission)) throw new Refusal("forbidden");
  return caller;
}

/** Refuses: unauthorized. */
export async function personCaller(c: Context<HttpEnv>): Promise<PersonCaller> {
  const person = await signedIn(c.req.raw.headers);
  if (!person) throw new Refusal("unauthorized");
  return { kind: "person", ...person, origin: originOf(c) };
}

async function keyCaller(c: Context<HttpEnv>): Promise<ApiKeyCaller | null> {
  const header = c.req.header("authorization");
  if (header === undefined) return null;
  const known = await findApiKey(keyShape.exec(header)?.[1] ?? "");
  if (!known) throw new Refusal("unauthorized");
  return { kind: "api_key", ...known, origin: originOf(c) };
}

async function memberCaller(c: Context<HttpEnv>): Promise<MemberCaller | null> {
  const person = await signedIn(c.req.raw.headers);
  if (!person) return null;
  const wished = c.req.header("x-tenant");
  const membership = await membershipFor(person.personId, { tenantId: wished ?? person.tenantId, isFirm: wished !== undefined });
  if (!membership) throw new Refusal("tenant_missing");
  const { tenantName: _, ...member } = membership;
  return { kind: "member", ...member, permissions: rolePermissions(member.role), origin: originOf(c) };
}

export function originOf(c: Context<HttpEnv>): Origin {
  return { address: addressOf(c), browser: c.req.header("user-agent")?.slice(0, browserLengthMax) ?? null };
}
