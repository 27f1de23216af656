import type { ListedCharges, ListWish } from "#domain/payment-provider.ts";
import { ask, read } from "#providers/json-api.ts";
import { type Api, failed, pageShape, readRow } from "./api.ts";

const rowsPerPage = 100;

/**
 * By `date_created`, the oldest first, so that a new payment moves no other to another page:
 * https://www.mercadopago.com.co/developers/en/reference/payments/_payments_search/get
 */
export async function listCharges(api: Api, { from, to, cursor }: ListWish): Promise<ListedCharges> {
  const offset = Number(cursor ?? 0);
  const query = new URLSearchParams({
    range: "date_created",
    begin_date: from.toISOString(),
    end_date: to.toISOString(),
    sort: "date_created",
    criteria: "asc",
    offset: String(offset),
    limit: String(rowsPerPage),
  });
  const reply = await ask(api, "GET", `/v1/payments/search?${query}`);
  if (reply.status !== 200) throw failed(reply, "the list of payments");
  const { paging, results } = read("mercadopago", pageShape, reply);
  const seen = offset + results.length;
  const listed: ListedCharges = { charges: [], unreadable: [], next: results.length === 0 || seen >= paging.total ? null : String(seen) };
  for (const row of results) await readRow(api, listed, { row });
  return listed;
}
