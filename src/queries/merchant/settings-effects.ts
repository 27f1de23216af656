import { sql } from "kysely";
import { leadMinutesMin } from "#domain/hold-times.ts";
import { inTenant } from "#platform/db.ts";

/** What a tenant's rules change in its services, or do not. */
export type ServiceEffects = {
  id: string;
  name: string;
  leadMinutes: number;
  holdMinutes: number | null;
  hasTerms: boolean;
  /** Nothing of it is paid before the appointment. */
  isFree: boolean;
};

const servicesMax = 200;
/** Nobody may book later than the latest moment of a payment and so many minutes more. */
export const noticeMarginMinutes = leadMinutesMin(0);

export function loadServiceEffects(tenantId: string): Promise<ServiceEffects[]> {
  return inTenant(tenantId, (tx) =>
    tx
      .selectFrom("service")
      .select(["id", "name", "lead_minutes as leadMinutes", "hold_minutes as holdMinutes"])
      .select(sql<boolean>`cancellation is not null`.as("hasTerms"))
      .select(sql<boolean>`price_minor = 0 or charge_type = 'on_site'`.as("isFree"))
      .where("deleted_at", "is", null)
      .orderBy("position")
      .orderBy("name")
      .limit(servicesMax)
      .execute(),
  );
}

export type CallbackHealth = {
  state: "none" | "good" | "failing" | "disabled";
  since: string | null;
  lastError: string | null;
  secretsSince: string | null;
};

/** How the merchant's server takes what it is sent, and since when there are secrets. */
export async function loadCallbackHealth(tenantId: string): Promise<CallbackHealth> {
  return inTenant(tenantId, async (tx) => {
    const endpoint = await tx.selectFrom("callback_endpoint").selectAll().executeTakeFirst();
    const attempt = await tx
      .selectFrom("callback_attempt")
      .select(["created_at", "error", "status_code"])
      .orderBy("created_at", "desc")
      .limit(1)
      .executeTakeFirst();
    const connection = await tx
      .selectFrom("connection")
      .select("updated_at")
      .where("kind", "=", "callback")
      .where("is_active", "=", true)
      .orderBy("created_at", "desc")
      .limit(1)
      .executeTakeFirst();
    const at = (date: Date | null | undefined) => date?.toISOString() ?? null;
    const shared = {
      lastError: attempt ? (attempt.error ?? `HTTP ${attempt.status_code}.`) : null,
      secretsSince: at(connection?.updated_at),
    };
    if (endpoint?.disabled_at) return { ...shared, state: "disabled", since: at(endpoint.disabled_at) };
    if (endpoint?.failing_since) return { ...shared, state: "failing", since: at(endpoint.failing_since) };
    return { ...shared, state: attempt ? "good" : "none", since: at(attempt?.created_at) };
  });
}
