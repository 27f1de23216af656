import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { operations } from "#contracts/operations/index.ts";
import type { Method, Operation } from "#contracts/operations/operation.ts";
import { keyPermissions, type Permission, permissions, roleNames, roles } from "#domain/roles.ts";
import { inTenant } from "#platform/db.ts";
import { sha256Hex } from "#platform/ids.ts";
import { slotStart } from "../support/customer.ts";
import { type Merchant, openMerchant } from "../support/merchant.ts";
import { insertSession } from "../support/shop/order.ts";
import { stockVariant } from "../support/shop/shelf.ts";
import { prepareStage } from "../support/stage.ts";
import { type Answered, ask } from "./request.ts";

const stage = prepareStage({ worker: false });
const listed: readonly Operation[] = operations;
const guarded = listed.flatMap((operation) => {
  const { permission } = operation;
  return permission ? operation.methods.map((method) => ({ operation, permission, method, name: `${method} ${operation.path}` })) : [];
});
type Guarded = (typeof guarded)[number];

/** Where another merchant's rows are found for the ids of an address. A new noun needs its line. */
const tables: Readonly<Record<string, string>> = {
  members: "member",
  invitations: "invitation",
  services: "service",
  professionals: "professional",
  "booking-links": "booking_link",
  payments: "connection",
  orders: "shop_order",
  "order-sessions": "order_session",
  "api-keys": "api_key",
  locations: "location",
  bookings: "checkout",
  "refund-cases": "refund_case",
  disputes: "dispute",
  "follow-ups": "follow_up",
  mails: "checkout",
  customers: "customer",
  "payment-inquiries": "payment_inquiry",
  products: "product",
  variants: "variant",
  discounts: "discount",
  "shipping-options": "shipping_option",
};

const members: Record<string, Merchant> = {};
let other: Merchant;

beforeAll(async () => {
  members["owner"] = await openMerchant(stage);
  const { tenantId } = members["owner"];
  for (const role of roleNames) if (role !== "owner") members[role] = await openMerchant(stage, { role, tenantId });
  const clinic = await stage.openClinic();
  other = await openMerchant(stage, { tenantId: clinic.tenantId });
  await stage.reachPaymentPage(clinic, { start: slotStart(1) });
  for (const path of ["/api/locations", "/api/products", "/api/discounts", "/api/shipping-options"])
    expect((await send(create(path), { cookie: other.cookie })).status).toBe(201);
  await sellAt(other.tenantId);
  await stage.owner.query(
    "insert into invitation (tenant_id, email, role, invited_by, expires_at) values ($1, 'x@example.com', 'staff', 'Ana', now() + interval '1 day')",
    [other.tenantId],
  );
  await stage.owner.query(
    `with money as (
       insert into charge (tenant_id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor, currency)
       select tenant_id, connection_id, id, 'c-1', reference, 'approved', 'APPROVED', amount_minor, currency from payment where tenant_id = $1
       returning *
     )
     insert into refund_case (tenant_id, charge_id, reason, amount_minor, currency, due_at)
     select tenant_id, id, 'duplicate', amount_minor, currency, now() + interval '1 day' from money`,
    [other.tenantId],
  );
  await stage.owner.query(
    `insert into dispute (tenant_id, charge_id, provider_dispute_id, kind, state, provider_status, amount_minor, is_refundable)
     select tenant_id, id, 'd-1', 'dispute', 'needs_response', 'x', amount_minor, false from charge where tenant_id = $1`,
    [other.tenantId],
  );
  await stage.owner.query("insert into payment_inquiry (tenant_id, from_at, to_at, actor) values ($1, now(), now(), 'operator')", [
    other.tenantId,
  ]);
  await stage.owner.query("insert into customer (tenant_id, name, locale) values ($1, 'Zoë', 'es')", [other.tenantId]);
  await stage.owner.query(
    `insert into follow_up (tenant_id, event_id, subject_id, job, state)
     select tenant_id, id, subject_id, 'notify-merchant', 'attention' from event where tenant_id = $1 limit 1`,
    [other.tenantId],
  );
});

function create(path: string): Guarded {
  const found = guarded.find(({ operation, method }) => operation.path === path && method === "post");
  if (!found) throw new Error(`nothing is created at ${path}`);
  return found;
}

async function makeKey(tenantId: string, given: readonly Permission[], revokedAt: Date | null = null): Promise<string> {
  const key = `kf_${randomBytes(24).toString("base64url")}`;
  await stage.owner.query(
    "insert into api_key (tenant_id, name, shown, hash, permissions, revoked_at) values ($1, 'k', 'kf_', $2, $3, $4)",
    [tenantId, sha256Hex(key), given, revokedAt],
  );
  return key;
}

/** The operation's own example, sent for an id that nobody has, unless one is given. */
function send({ operation, method }: Guarded, headers: Record<string, string>, id: string = randomUUID()): Promise<Answered> {
  const path = operation.path.replaceAll(/\{\w+\}/g, id);
  const json = takesBody(method) ? Object.values(operation.bodyExamples ?? {})[0] : undefined;
  return ask(stage, path, { method: method.toUpperCase(), headers, ...(json && { json }) });
}
const takesBody = (method: Method) => method !== "get" && method !== "delete";
const codeOf = ({ body }: Answered) => (body as { code?: string } | null)?.code ?? "none";
const memberOf = (role: string) => ({ cookie: members[role]?.cookie ?? "" });

test("there are operations to look at, and each role may do something that another may not", () => {
  expect(guarded.length).toBeGreaterThan(4);
  for (const role of roleNames) expect(roles[role].length).toBeGreaterThan(0);
});

describe.each(guarded.map((each) => [each.name, each] as const))("%s", (_name, each) => {
  const { operation, permission } = each;

  test.each(roleNames)("as %s: what domain/roles.ts says", async (role) => {
    const code = codeOf(await send(each, memberOf(role)));
    if (roles[role].includes(permission)) expect(code).not.toMatch(/^(forbidden|unauthorized|tenant_missing|internal)$/);
    else expect(code).toBe("forbidden");
  });

  test("nobody who is not signed in, and nobody with a cookie that was altered", async () => {
    expect(codeOf(await send(each, {}))).toBe("unauthorized");
    expect(codeOf(await send(each, { cookie: `${members["owner"]?.cookie.slice(0, -8)}aaaaa%3D` }))).toBe("unauthorized");
  });

  test("a member of another merchant reaches nothing here, by the page's tenant or by an id", async () => {
    const ours = members["owner"]?.tenantId ?? "";
    expect(codeOf(await send(each, { cookie: other.cookie, "x-tenant": ours }))).toBe("tenant_missing");
    if (!operation.path.includes("{")) return;
    const noun = /^\/api\/(?:[a-z-]+\/)*?([a-z-]+)\/\{/.exec(operation.path)?.[1] ?? "";
    const table = tables[noun];
    if (!table) throw new Error(`tests/http/roles.test.ts knows no table for ${operation.path}`);
    const { rows } = await stage.owner.query(`select id from ${table} where tenant_id = $1 limit 1`, [other.tenantId]);
    if (!rows[0]) throw new Error(`the other merchant has no ${table}`);
    const before = await everythingOf(other.tenantId);
    const [foreign, unknown] = [await send(each, memberOf("owner"), rows[0].id), await send(each, memberOf("owner"))];
    expect([foreign.status, codeOf(foreign)]).toEqual([unknown.status, codeOf(unknown)]);
    expect(await everythingOf(other.tenantId)).toEqual(before);
  });

  test("an API key: with the permission if keys may have it, never without, never once revoked", async () => {
    const { tenantId } = other;
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
    const without = await makeKey(
      tenantId,
      permissions.filter((one) => one !== permission),
    );
    const revoked = await makeKey(tenantId, permissions, new Date());
    if (!operation.callers.includes("api_key")) {
      expect(codeOf(await send(each, bearer(await makeKey(tenantId, permissions))))).toBe("unauthorized");
      return;
    }
    expect(keyPermissions).toContain(permission);
    expect(codeOf(await send(each, bearer(without)))).toBe("forbidden");
    expect(codeOf(await send(each, bearer(revoked)))).toBe("unauthorized");
    expect(codeOf(await send(each, bearer(await makeKey(tenantId, [permission]))))).not.toMatch(/^(forbidden|unauthorized|internal)$/);
  });
});

/** An order of one piece. */
async function sellAt(tenantId: string): Promise<void> {
  const lines = [{ variantId: await stockVariant(stage, { tenantId }), quantity: 1 }];
  const { id } = await inTenant(tenantId, (tx) => insertSession(tx, { tenantId, lines }));
  const order = "insert into shop_order (tenant_id, id, number, transaction_id, paid_at) values ($1, $2, 1, 'tx', now())";
  await stage.owner.query(order, [tenantId, id]);
}

/** All rows of a merchant, but what a look-up of a key notes: a sum for each table, in one look. */
async function everythingOf(tenantId: string): Promise<Record<string, string>> {
  tenantTables ??= await tablesOfTenants();
  const sums = tenantTables.map(
    (name) =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t where tenant_id = $1`,
  );
  const { rows } = await stage.owner.query<{ name: string; sum: string }>(sums.join(" union all "), [tenantId]);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

let tenantTables: string[] | undefined;

async function tablesOfTenants(): Promise<string[]> {
  const { rows } = await stage.owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id'
     and table_name <> 'api_key' order by 1`,
  );
  return rows.map(({ name }) => name);
}
