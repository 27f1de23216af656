import type { Actor, Origin } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { logEvent } from "../log-event.ts";

/** An order with more has become a diary. */
const notesMax = 100;

type Note = { tenantId: string; orderId: string; text: string; actor: Actor; origin?: Origin | undefined };

/** The event says that there is a note, and never what it says. Refuses: limit_reached. */
export async function insertOrderNote(tx: Tx, { tenantId, orderId, text, actor, origin }: Note): Promise<void> {
  const { count } = await tx
    .selectFrom("order_note")
    .select((table) => table.fn.countAll<number>().as("count"))
    .where("order_id", "=", orderId)
    .executeTakeFirstOrThrow();
  if (count >= notesMax) throw new Refusal("limit_reached");
  const id = newId();
  await tx.insertInto("order_note").values({ tenant_id: tenantId, id, order_id: orderId, text, actor }).execute();
  const subject = { kind: "checkout", id: orderId } as const;
  await logEvent(tx, { tenantId, subject, kind: "order.note_added", details: { noteId: id }, actor, origin });
}
