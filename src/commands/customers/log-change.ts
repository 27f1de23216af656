import { type ApiKeyCaller, actorOf, type MemberCaller } from "#contracts/caller.ts";
import type { EventKind } from "#domain/follow-ups.ts";
import type { Tx } from "#platform/db.ts";
import { type LoggedEvent, logEvent } from "../log-event.ts";

export type DeskCaller = MemberCaller | ApiKeyCaller;
type Change = { caller: DeskCaller; kind: Extract<EventKind, `customer${string}`>; details: NonNullable<LoggedEvent["details"]> };

/** An event names the customer by their id alone, so that erasing them leaves it as it is. */
export async function logCustomerChange(tx: Tx, { caller, kind, details }: Change): Promise<void> {
  const { tenantId, origin } = caller;
  await logEvent(tx, { tenantId, subject: { kind: "tenant", id: tenantId }, kind, details, actor: actorOf(caller), origin });
}
