import { sql } from "kysely";
import type { Customer } from "#contracts/customers/customers.ts";
import { readSearch } from "#domain/desk/booking-search.ts";
import type { Tx } from "#platform/db.ts";
import { patterns } from "../desk/find-places.ts";
import { type CustomerGroup, personOf } from "./group.ts";

/** More people of one name say nothing. */
const sameNameMax = 10;
const shownMax = 10;

type Row = { id: string; name: string; email: string; phone: string; since: Date; why: Customer["doubles"][number]["why"] };

/**
 * Who may be the same person: whoever gave an address or a number of theirs in a purchase, or has
 * the name. Nothing is merged by itself: families share numbers.
 */
export async function findDoubles(tx: Tx, { head, all, ids }: CustomerGroup): Promise<Customer["doubles"]> {
  const numbers = all.map(({ digits }) => digits).filter((digits) => digits !== "");
  const { rows } = await sql<Row>`
    with given as (
      select distinct lower(k.customer_email) as email, phone_digits(k.customer_phone) as digits
      from checkout k where k.tenant_id = current_tenant() and k.customer_id = any (${ids}::uuid[])
    ), hint as (
      select x.customer_id, 'same_email' as why from given join customer_contact x
        on x.tenant_id = current_tenant() and x.kind = 'email' and x.value = given.email
      union
      select x.customer_id, 'same_phone' from given join customer_contact x
        on x.tenant_id = current_tenant() and x.kind = 'phone' and x.value = given.digits
      union
      select c.id, 'same_phone' from customer c where c.tenant_id = current_tenant() and c.digits <> '' and c.digits = any (${numbers}::text[])
      union
      select id, 'same_name' from unnest(${await sameName(tx, head.name)}::uuid[]) as named (id)
    )
    select c.id, c.name, c.email, c.phone, c.since, array_agg(distinct hint.why order by hint.why) as why
    from hint
    join customer h on h.tenant_id = current_tenant() and h.id = hint.customer_id
    join customer c on c.tenant_id = h.tenant_id and c.id = coalesce(h.merged_into, h.id)
    where c.id <> ${head.id}
    group by c.tenant_id, c.id order by count(distinct hint.why) desc, c.id desc limit ${shownMax}`.execute(tx);
  return rows.map((row) => ({ ...personOf(row), since: row.since.toISOString(), why: row.why }));
}

async function sameName(tx: Tx, name: string): Promise<string[]> {
  const wanted = readSearch(name);
  if (wanted.by !== "customer" || wanted.words[1] === "%") return [];
  const { rows } = await sql<{ id: string }>`
    select id from find_customers(${patterns(wanted.words)}, null, '', null, ${sameNameMax + 2}) as id`.execute(tx);
  return rows.length > sameNameMax + 1 ? [] : rows.map(({ id }) => id);
}
