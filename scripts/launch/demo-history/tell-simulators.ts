import { sql } from "kysely";
import { demo } from "#db/demo.ts";
import { roomNameOf } from "#domain/room-name.ts";
import { roomTimes } from "#domain/room-times.ts";
import { inSystem, inTenant } from "#platform/db.ts";
import { connectRooms } from "#providers/rooms/registry.ts";
import { findConnection } from "#queries/connections.ts";
import { transactionOf } from "./charges.ts";

const { tenantId } = demo;
const batchMax = 500;
const lostMax = 500;

/**
 * The simulators keep what they know in memory, while the database stays: they are told of the
 * demo's charges, so that a refund finds them, and of the rooms that will be needed.
 */
export async function tellSimulators(simulatorsUrl: string): Promise<void> {
  await tellCharges(simulatorsUrl);
  await openRooms();
  // Attempts of the last days may still be approved, and are asked about.
  await inSystem((tx) => sql`select enqueue_lost_questions(${tenantId}::uuid, ${lostMax})`.execute(tx));
}

async function tellCharges(simulatorsUrl: string): Promise<void> {
  const charges = await inTenant(tenantId, (tx) =>
    tx
      .selectFrom("charge as c")
      .innerJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "c.tenant_id").onRef("p.id", "=", "c.payment_id"))
      .innerJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "p.tenant_id").onRef("k.id", "=", "p.checkout_id"))
      .selectAll("c")
      .select(["k.customer_name", "k.customer_email", "k.customer_phone"])
      .where("c.connection_id", "=", demo.wompi.id)
      .orderBy("c.created_at")
      .execute(),
  );
  const transactions = charges.flatMap((charge) => transactionOf(charge, charge) ?? []);
  for (let from = 0; from < transactions.length; from += batchMax) {
    const body = JSON.stringify(transactions.slice(from, from + batchMax));
    const headers = { "content-type": "application/json" };
    const answer = await fetch(new URL("/wompi/transactions/recall", simulatorsUrl), { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status} ${await answer.text()}`);
  }
}

/** By the provider's own API, which finds a room again by its name. */
async function openRooms(): Promise<void> {
  const connection = await findConnection({ tenantId, kind: "room" });
  if (!connection) return;
  const rooms = connectRooms(connection);
  const coming = await inTenant(tenantId, (tx) =>
    tx
      .selectFrom("booking as b")
      .innerJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "b.tenant_id").onRef("k.id", "=", "b.id"))
      .select(["b.id", "b.starts_at", "b.ends_at", "k.customer_name", "k.locale"])
      .where("k.status", "=", "confirmed")
      .where("b.meeting_url", "is not", null)
      .where("b.ends_at", ">", sql<Date>`now()`)
      .execute(),
  );
  const opened = coming.map(async ({ id, starts_at: start, ends_at: end, customer_name: userName, locale: lang }) => {
    const times = roomTimes({ start, end });
    const { url: roomUrl } = await rooms.createRoom({ name: roomNameOf(id), ...times, lang });
    const meetingUrl = await rooms.meetingUrl({ room: roomNameOf(id), roomUrl, ...times, userName, role: "guest" });
    await inTenant(tenantId, (tx) => tx.updateTable("booking").set({ meeting_url: meetingUrl }).where("id", "=", id).execute());
  });
  await Promise.all(opened);
}
