import { type Actor, type ApiKeyCaller, actorOf, type MemberCaller, type Origin } from "#contracts/caller.ts";
import type { Tx } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";
import type { LockedOrder } from "./lock-order.ts";

export type DeskCaller = MemberCaller | ApiKeyCaller;

type Step = {
  kind:
    | "order.packed"
    | "order.sent"
    | "order.delivered"
    | "order.step_undone"
    | "order.tracking_changed"
    | "order.refunded_lines"
    | "order.stock_back";
  actor: Actor;
  origin?: Origin | undefined;
  details?: Record<string, string | number | boolean | null>;
};

export const by = (caller: DeskCaller) => ({ actor: actorOf(caller), origin: caller.origin });

export async function logOrderStep(tx: Tx, { order }: Pick<LockedOrder, "order">, step: Step): Promise<void> {
  await logEvent(tx, { tenantId: order.tenant_id, subject: { kind: "checkout", id: order.id }, ...step });
}
