import { sql } from "kysely";
import type { OwnLimits } from "#domain/choice/payment-offers.ts";
import type { Tx } from "#platform/db.ts";

/** An active account for payments. Whether it fits is for domain/payment-offers.ts to say. */
export type OfferedConnection = { id: string; provider: string; label: string | null; isTest: boolean; limits: OwnLimits };

const connectionsMax = 100;

/** In the order in which the merchant offers them. */
export function readOfferedConnections(tx: Tx): Promise<OfferedConnection[]> {
  return offered(tx).execute();
}

/** The same, each with its merchant's country. */
export function readOfferedWithCountry(tx: Tx): Promise<(OfferedConnection & { country: string | null })[]> {
  return offered(tx)
    .select((columns) => columns.selectFrom("tenant").select("tenant.country").as("country"))
    .execute();
}

function offered(tx: Tx) {
  return tx
    .selectFrom("connection")
    .select(["id", "provider", "label", sql<boolean>`mode = 'test'`.as("isTest"), sql<OwnLimits>`limits`.as("limits")])
    .where("kind", "=", "payment")
    .where("is_active", "=", true)
    .orderBy("position")
    .orderBy("created_at")
    .orderBy("id")
    .limit(connectionsMax);
}
