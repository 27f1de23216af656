import { z } from "zod";
import type { ListedCharges, ListWish } from "#domain/payment-provider.ts";
import { type Place, readIntent } from "./charges.ts";
import { ask } from "./client.ts";
import { failure } from "./failures.ts";

const rowsMax = 100;
const expand = ["data.latest_charge.balance_transaction", "data.latest_charge.refunds"];
const pageShape = z.object({ data: z.array(z.unknown()), has_more: z.boolean() });
const idShape = z.object({ id: z.string().min(1).max(255) });

/**
 * The newest first, each page after the last row of the one before:
 * https://docs.stripe.com/api/payment_intents/list
 */
export async function listCharges(place: Place, { from, to, cursor }: ListWish): Promise<ListedCharges> {
  const created = { gte: Math.floor(from.getTime() / 1000), lt: Math.ceil(to.getTime() / 1000) };
  const wish = { created, limit: rowsMax, expand, ...(cursor !== null && { starting_after: cursor }) };
  const answer = pageShape.safeParse(await ask(place.api, "the list of payments", (stripe) => stripe.paymentIntents.list(wish)));
  if (!answer.success) throw failure("unexpected_reply", "the list is not as documented");
  const { data: rows, has_more: hasMore } = answer.data;
  const listed: ListedCharges = { charges: [], unreadable: [], next: null };
  for (const row of rows) await readIntent(place, listed, row);
  if (!hasMore) return listed;
  const last = idShape.safeParse(rows.at(-1)).data?.id;
  if (last === undefined)
    listed.unreadable.push({ providerChargeId: null, why: "the last row of a page has no id, so the next cannot be asked for" });
  return { ...listed, next: last ?? null };
}
