import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { CalendarInvitation, OwnDetails } from "#contracts/professionals.ts";
import { countryOf } from "#domain/countries.ts";
import { inSystem, inTenant } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { isSameText, keyedHash, sha256Hex } from "#platform/ids.ts";
import { weeklyHoursOfProfessional } from "./professionals.ts";

const tokenShape = /^[A-Za-z0-9_-]{22}$/;

/** 132 bits that nobody can derive without APP_SECRET. The database has only their hash. */
export const invitationToken = (invitationId: string): string => keyedHash(env().APP_SECRET, `calendar invitation ${invitationId}`);
export const invitationHash = (token: string): string => sha256Hex(token);

/** Returns null if the invitation was made with another APP_SECRET. */
export function invitationUrl({ id, hash }: { id: string; hash: string }): string | null {
  const token = invitationToken(id);
  return isSameText(invitationHash(token), hash) ? `${env().APP_URL}/connect-calendar/${token}` : null;
}

/** The professional's newest, unless it was withdrawn. */
export function findInvitationOf(asked: { tenantId: string; professionalId: string }): Promise<CalendarInvitation | null> {
  return inTenant(asked.tenantId, async (tx) => {
    const row = await tx
      .selectFrom("calendar_invitation")
      .select(["id", "hash", "expires_at", "mailed_at", "mailed_to", "confirmed_at"])
      .select(sql<boolean>`expires_at <= now()`.as("isExpired"))
      .where("professional_id", "=", asked.professionalId)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (!row) return null;
    return {
      id: row.id,
      url: invitationUrl(row),
      expiresAt: row.expires_at.toISOString(),
      isExpired: row.isExpired,
      mailedAt: row.mailed_at?.toISOString() ?? null,
      mailedTo: row.mailed_to,
      confirmedAt: row.confirmed_at?.toISOString() ?? null,
    };
  });
}

/** Returns null unless its link works and there is somebody to write to. */
export function loadInvitationForMail({ tenantId, invitationId }: { tenantId: string; invitationId: string }) {
  return inTenant(tenantId, async (tx) => {
    const row = await tx
      .selectFrom("calendar_invitation as i")
      .innerJoin("professional as p", (join) => join.onRef("p.tenant_id", "=", "i.tenant_id").onRef("p.id", "=", "i.professional_id"))
      .select(["i.id", "i.hash", "i.expires_at", "i.mailed_to", "p.name"])
      .where("i.id", "=", invitationId)
      .where("i.revoked_at", "is", null)
      .where("i.expires_at", ">", sql<Date>`now()`)
      .where("p.deleted_at", "is", null)
      .executeTakeFirst();
    const url = row && invitationUrl(row);
    return url && row.mailed_to ? { name: row.name, address: row.mailed_to, url, expiresAt: row.expires_at.toISOString() } : null;
  });
}

export type OpenInvitation = { tenantId: string; professionalId: string; invitationId: string; details: OwnDetails };

/**
 * By the system role, because no tenant is known yet. Refuses: calendar_invitation_unknown,
 * calendar_invitation_over.
 */
export async function openInvitation(token: string): Promise<OpenInvitation> {
  if (!tokenShape.test(token)) throw new Refusal("calendar_invitation_unknown");
  return inSystem(async (tx) => {
    const found = await tx
      .selectFrom("calendar_invitation as i")
      .innerJoin("professional as p", (join) => join.onRef("p.tenant_id", "=", "i.tenant_id").onRef("p.id", "=", "i.professional_id"))
      .innerJoin("tenant as t", "t.tenant_id", "i.tenant_id")
      .select(["i.id as invitationId", "i.tenant_id as tenantId", "i.professional_id as professionalId", "i.expires_at", "i.confirmed_at"])
      .select(sql<boolean>`i.revoked_at is not null or i.expires_at <= now() or p.deleted_at is not null`.as("isOver"))
      .select(["p.name", "p.photo_url as photoUrl", "p.timezone", "p.calendar_status as calendarStatus", "p.version"])
      .select([weeklyHoursOfProfessional.as("hours"), "t.name as tenantName", "t.logo_url as logoUrl", "t.locale"])
      .select(["t.primary_color as primaryColor", "t.secondary_color as secondaryColor", "t.timezone as tenantTimezone", "t.country"])
      .where("i.hash", "=", invitationHash(token))
      .executeTakeFirst();
    if (!found) throw new Refusal("calendar_invitation_unknown");
    if (found.isOver) throw new Refusal("calendar_invitation_over");
    const { tenantId, professionalId, invitationId, tenantName, logoUrl, primaryColor, secondaryColor, locale } = found;
    const { name, photoUrl, timezone, hours, calendarStatus, version, expires_at, confirmed_at } = found;
    const { weekStart } = countryOf(found.country);
    const tenant = { name: tenantName, logoUrl, primaryColor, secondaryColor, timezone: found.tenantTimezone, locale, weekStart };
    const expiresAt = expires_at.toISOString();
    const confirmedAt = confirmed_at?.toISOString() ?? null;
    const details = { tenant, name, photoUrl, timezone, hours, calendarStatus, version, expiresAt, confirmedAt };
    return { tenantId, professionalId, invitationId, details };
  });
}
