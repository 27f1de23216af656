import { type SubdomainAnswer, type TenantSettings, tenantSettings } from "#contracts/settings/tenant.ts";
import { subdomainProblem } from "#domain/subdomains.ts";
import { inTenant } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import type { TenantRow } from "#platform/rows.ts";

export async function loadTenantSettings(tenantId: string): Promise<TenantSettings> {
  const row = await inTenant(tenantId, (tx) => tx.selectFrom("tenant").selectAll().executeTakeFirstOrThrow());
  return settingsOf(row);
}

function settingsOf(row: TenantRow): TenantSettings {
  return tenantSettings.parse({
    id: row.tenant_id,
    version: row.version,
    name: row.name,
    country: row.country,
    timezone: row.timezone,
    currency: row.currency,
    locale: row.locale,
    tone: row.tone,
    logoUrl: row.logo_url,
    primaryColor: row.primary_color,
    secondaryColor: row.secondary_color,
    subdomain: row.subdomain,
    callbackUrl: row.callback_url,
    returnUrl: row.return_url,
    returnSeconds: row.return_seconds,
    notifyEmail: row.notify_email,
    onDecline: row.on_decline,
    holdMinutes: row.hold_minutes,
    answerWaitMinutes: row.answer_wait_minutes,
    latestApprovalMinutes: row.latest_approval_minutes,
    customerCancelHours: row.customer_cancel_hours,
    customerMoveHours: row.customer_move_hours,
    firstReminderHours: row.first_reminder_hours,
    secondReminderHours: row.second_reminder_hours,
    taxPercent: row.tax_percent === null ? null : Number(row.tax_percent),
    termsText: row.terms_text,
    controllerName: row.controller_name,
    isListed: row.is_listed,
    shareTitle: row.share_title,
    shareText: row.share_text,
    shareImageUrl: row.share_image_url,
  });
}

/** While somebody types. To save it decides again. */
export async function subdomainState(tenantId: string, name: string): Promise<SubdomainAnswer> {
  const problem = subdomainProblem(name);
  if (problem) return { name, state: problem, address: null };
  const owner = await inTenant(tenantId, (tx) =>
    tx.selectFrom("directory").select("tenant_id").where("kind", "=", "subdomain").where("key", "=", name).executeTakeFirst(),
  );
  const state = !owner ? "free" : owner.tenant_id === tenantId ? "own" : "taken";
  return { name, state, address: subdomainAddress(name) };
}

export function subdomainAddress(name: string): string {
  const { protocol, host } = new URL(env().APP_URL);
  return `${protocol}//${name}.${host}`;
}
