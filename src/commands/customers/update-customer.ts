import { sql } from "kysely";
import { readEmail, readName, readPhone } from "#contracts/contact.ts";
import type { CustomerChange } from "#contracts/customers/customers.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { readGroup } from "#queries/customers/group.ts";
import { e164 } from "../phone-number.ts";
import { lockCustomers } from "./lock-customers.ts";
import { type DeskCaller, logCustomerChange } from "./log-change.ts";

type Updating = { caller: DeskCaller; input: { customerId: string; change: CustomerChange } };

/**
 * A former address or number still leads to them. The event says which fields, and no value.
 * Refuses: customer_unknown, changed_meanwhile, customer_exists, phone_invalid.
 */
export async function updateCustomer({ caller, input: { customerId, change } }: Updating): Promise<void> {
  const { tenantId } = caller;
  await inTenant(tenantId, async (tx) => {
    await lockCustomers(tx, [customerId]);
    const { head, ids } = await readGroup(tx, customerId);
    if (change.version !== head.version) throw new Refusal("changed_meanwhile");
    const set = await columnsOf(tx, change);
    const fields = (["name", "email", "phone", "locale"] as const).filter((name) => set[name] !== undefined && set[name] !== head[name]);
    if (fields.length === 0) return;
    const after = await tx
      .updateTable("customer")
      .set({ ...set, version: head.version + 1, updated_at: sql`now()` })
      .where("id", "=", head.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await keepContact(tx, { tenantId, kind: "email", value: after.email.toLowerCase(), ids, headId: head.id });
    await keepContact(tx, { tenantId, kind: "phone", value: after.digits, ids, headId: head.id });
    await logCustomerChange(tx, { caller, kind: "customer.updated", details: { customerId: head.id, fields: fields.join(", ") } });
  });
}

async function columnsOf(tx: Tx, { name, email, phone, locale }: CustomerChange) {
  const { country } = await tx.selectFrom("tenant").select("country").executeTakeFirstOrThrow();
  return {
    ...(name !== undefined && { name: readName(name) ?? name }),
    ...(email !== undefined && { email: readEmail(email)?.address ?? "" }),
    ...(phone !== undefined && { phone: phone === "" ? "" : storedPhone(phone, country) }),
    ...(locale !== undefined && { locale }),
  };
}

/** Refuses: phone_invalid. */
function storedPhone(given: string, country: string): string {
  const phone = e164(readPhone(given) ?? "", country);
  if (phone === null) throw new Refusal("phone_invalid", undefined, [{ path: "phone", message: `not a phone number of ${country}` }]);
  return phone;
}

type Contact = { tenantId: string; kind: "email" | "phone"; value: string; ids: readonly string[]; headId: string };

/** The key decides whose it is. Refuses: customer_exists. */
async function keepContact(tx: Tx, { tenantId, kind, value, ids, headId }: Contact): Promise<void> {
  if (value === "") return;
  await tx
    .insertInto("customer_contact")
    .values({ tenant_id: tenantId, kind, value, customer_id: headId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const owner = await tx
    .selectFrom("customer_contact")
    .select("customer_id")
    .where("kind", "=", kind)
    .where("value", "=", value)
    .executeTakeFirst();
  if (!owner || !ids.includes(owner.customer_id))
    throw new Refusal("customer_exists", undefined, [{ path: kind, message: "belongs to another customer" }]);
}
