import { z } from "zod";
import type { ListedCharges, ListWish } from "#domain/payment-provider.ts";
import { failureOfReply } from "#platform/outbound.ts";
import { ask, type JsonApi, read } from "#providers/json-api.ts";
import { readRow } from "./api.ts";

const pageSize = 200;
const dayMs = 86_400_000;
const createdShape = z.object({ created_at: z.iso.datetime({ offset: true }) });

/**
 * The filters take days, in a zone that is not documented, so a day more is asked for at both ends
 * and what lies outside is left out here: https://api.swaggerhub.com/apis/waybox/wompi/1.2.0
 */
export async function listCharges(api: JsonApi, { from, to, cursor }: ListWish): Promise<ListedCharges> {
  const page = Number(cursor ?? 1);
  const query = new URLSearchParams({
    from_date: dayOf(from.getTime() - dayMs),
    until_date: dayOf(to.getTime() + dayMs),
    page: String(page),
    page_size: String(pageSize),
    // The oldest first: a new transaction moves no other to another page.
    order_by: "created_at",
    order: "ASC",
  });
  const reply = await ask(api, "GET", `/transactions?${query}`);
  if (reply.status !== 200) throw failureOfReply({ provider: "wompi", reply, asked: "the list of transactions" });
  const rows = read("wompi", z.object({ data: z.array(z.unknown()) }), reply).data;
  const listed: ListedCharges = { charges: [], unreadable: [], next: rows.length === 0 ? null : String(page + 1) };
  for (const row of rows) if (isWithin(row, { from, to })) readRow(listed, row);
  return listed;
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A row that does not say when it began is kept: leaving it out would hide it. */
function isWithin(row: unknown, { from, to }: { from: Date; to: Date }): boolean {
  const { data } = createdShape.safeParse(row);
  if (!data) return true;
  const at = Date.parse(data.created_at);
  return at >= from.getTime() && at < to.getTime();
}
