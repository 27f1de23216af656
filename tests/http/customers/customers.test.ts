import { parse } from "csv-parse/sync";
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { mergePreview } from "#contracts/customers/customers.ts";
import { inTenant } from "#platform/db.ts";
import type { Clinic } from "../../support/clinic.ts";
import { eventually } from "../../support/end-state.ts";
import { prepareStage } from "../../support/stage.ts";
import { expectProblem, expectShape } from "../request.ts";
import { buys, comes, found, listOf, type Person, pageOf, type Reception, receptionOf } from "./people.ts";

const stage = prepareStage({ keepsPromises: true });
let clinic: Clinic;
let owner: Reception;

const ana: Person = { name: "Ana María Pérez", email: "ana@example.com", phone: "300 123 4567" };
const zoe: Person = { name: "Zoë Çelik", email: "zoe@example.com", phone: "+33612345678" };
let slot = 0;
const next = () => {
  slot += 1;
  return slot;
};

async function open(): Promise<void> {
  clinic = await stage.openClinic();
  owner = await receptionOf(stage, clinic);
}

test("the search itself reads one merchant's customers, before anything else looks at them", async () => {
  await open();
  await buys(stage, clinic, { n: next(), person: ana });
  await open();
  await buys(stage, clinic, { n: next(), person: ana });
  const { customers } = await listOf(owner);
  const search = sql<{ id: string }>`select find_customers(array['%ana%', '%', '%'], null, null, null, 100) as id`;
  const { rows } = await inTenant(clinic.tenantId, (tx) => search.execute(tx));
  expect(rows.map(({ id }) => id)).toEqual(customers.map(({ id }) => id));
});

describe("who becomes a customer", () => {
  test("whoever pays does, and whoever does not pay leaves nothing behind", async () => {
    await open();
    await comes(stage, clinic, { n: next(), person: zoe });
    expect(await listOf(owner)).toEqual({ customers: [], nextCursor: null });
    await buys(stage, clinic, { n: next(), person: ana });
    const { customers } = await listOf(owner);
    expect(customers).toHaveLength(1);
    expect(customers[0]).toMatchObject({
      name: ana.name,
      email: ana.email,
      phone: "+573001234567",
      bookings: 1,
      noShows: 0,
      isBlocked: false,
    });
  });

  test("the same address in other letters, or the same number in other digits, is the same customer", async () => {
    await open();
    const first = await buys(stage, clinic, { n: next(), person: ana });
    const second = await buys(stage, clinic, { n: next(), person: { ...zoe, email: "ANA@Example.com" } });
    const third = await buys(stage, clinic, {
      n: next(),
      person: { ...ana, name: "A. Pérez", email: "otra@example.com", phone: "+57 (300) 123-4567" },
    });
    const { customers } = await listOf(owner);
    expect(customers).toHaveLength(1);
    const page = await pageOf(owner, customers[0]?.id ?? "");
    expect(page.bookings.map(({ id }) => id).sort()).toEqual([first, second, third].sort());
    expect(page.contacts).toEqual([
      { kind: "email", value: "otra@example.com" },
      { kind: "phone", value: "33612345678" },
    ]);
    expect(page.money).toEqual([{ currency: "COP", paidMinor: 30_000_000, sentBackMinor: 0, underWayMinor: 0, spentMinor: 30_000_000 }]);
    expect(page).toMatchObject({ bookingsCount: 3, cancelledCount: 0, noShows: 0, locale: "es", eraseRefusal: "customer_has_bookings" });
  });

  test("a booking's page leads to its customer, for who may see customers", async () => {
    await open();
    const id = await buys(stage, clinic, { n: next(), person: ana });
    const [{ id: customerId } = { id: "" }] = (await listOf(owner)).customers;
    expect((await owner(`/../bookings/${id}`)).body).toMatchObject({ customerId });
    const staff = await receptionOf(stage, clinic, { role: "staff", professionalId: clinic.professionalId });
    expect((await staff(`/../bookings/${id}`)).body).toMatchObject({ customerId: null });
  });
});

describe("finding", () => {
  beforeAll(async () => {
    await open();
    await buys(stage, clinic, { n: next(), person: ana });
    await buys(stage, clinic, { n: next(), person: zoe });
    await buys(stage, clinic, { n: next(), person: { ...zoe, email: "celik@work.example" } });
  });

  test.each([
    ["perez ana", [ana.name]],
    ["ZOE@", [zoe.name]],
    ["300 123", [ana.name]],
    ["06 12 34 56 78", [zoe.name]],
    ["celik@work.example", [zoe.name]],
    ["nobody", []],
    ["%", []],
  ])("%j finds by name, e-mail address or phone number, without accents", async (text, names) => {
    const { customers } = await listOf(owner, `?search=${encodeURIComponent(text)}`);
    expect(customers.map(({ name }) => name)).toEqual(names);
  });

  test("pages follow each other, and a file has them all", async () => {
    const first = await listOf(owner, "?limit=1");
    const second = await listOf(owner, `?limit=1&cursor=${first.nextCursor}`);
    expect([...first.customers, ...second.customers].map(({ name }) => name)).toEqual([zoe.name, ana.name]);
    expect(second.nextCursor).toBeNull();
    const rows: Record<string, string>[] = parse((await owner(".csv")).text, { bom: true, columns: true });
    expect(rows.map(({ name, email, phone, bookings }) => [name, email, phone, bookings])).toEqual([
      [zoe.name, zoe.email, zoe.phone, "2"],
      [ana.name, ana.email, "+573001234567", "1"],
    ]);
  });

  test("another merchant finds nobody, and staff may not even ask", async () => {
    const other = await receptionOf(stage, await stage.openClinic());
    const { id } = await found(owner, "zoe@");
    expect((await listOf(other, "?search=zoe")).customers).toEqual([]);
    expectProblem(await other(`/${id}`), "customer_unknown");
    const staff = await receptionOf(stage, clinic, { role: "staff", professionalId: clinic.professionalId, seesPhones: true });
    for (const path of ["", "?search=zoe", ".csv", `/${id}`, `/${id}/export`]) {
      const answer = await staff(path);
      expectProblem(answer, "forbidden");
      expect(answer.text).not.toMatch(/zoe/i);
    }
    expectProblem(await staff(`/${id}/notes`, { json: { text: "hola" } }), "forbidden");
  });
});

test("a note stands once however often it is sent, with who wrote it, and no event has its text", async () => {
  await open();
  await buys(stage, clinic, { n: next(), person: ana });
  const { id } = await found(owner, "ana@");
  const headers = { "idempotency-key": "a note that is sent twice" };
  for (let n = 0; n < 2; n += 1) expect((await owner(`/${id}/notes`, { headers, json: { text: "Prefiere la tarde." } })).status).toBe(200);
  expect((await pageOf(owner, id)).notes).toMatchObject([{ text: "Prefiere la tarde.", actor: { kind: "member", name: "Ana Pérez" } }]);
  const { rows } = await stage.owner.query("select details::text as details from event where tenant_id = $1", [clinic.tenantId]);
  expect(rows.map(({ details }) => details).join()).not.toContain("Prefiere");
});

test("details are corrected against what somebody saw, and an address of somebody else is refused", async () => {
  await open();
  await buys(stage, clinic, { n: next(), person: ana });
  await buys(stage, clinic, { n: next(), person: zoe });
  const { id, version } = await found(owner, "ana@");
  const patch = (json: object) => owner(`/${id}`, { method: "PATCH", json });
  const changed = await patch({ version, name: "Ana Gómez", phone: "301 555 0000", email: "Ana.Gomez@example.com" });
  expect(changed.body).toMatchObject({ name: "Ana Gómez", phone: "+573015550000", email: "Ana.Gomez@example.com", version: version + 1 });
  expectProblem(await patch({ version, name: "Otra" }), "changed_meanwhile");
  expect(expectProblem(await patch({ version: version + 1, email: "ZOE@example.com" }), "customer_exists")).toEqual(["email"]);
  expectProblem(await patch({ version: version + 1, phone: "12345" }), "phone_invalid");
  // The former number still leads to her.
  const again = await buys(stage, clinic, { n: next(), person: { ...ana, email: "nueva@example.com" } });
  expect((await pageOf(owner, id)).bookings.map((booking) => booking.id)).toContain(again);
});

describe("doubles", () => {
  const work: Person = { name: "Ana Pérez", email: "ana@work.example", phone: "301 777 8888" };

  test("are suggested with the reason, shown before they are merged, and merged once; undone, each has their own again", async () => {
    await open();
    await buys(stage, clinic, { n: next(), person: ana });
    await buys(stage, clinic, { n: next(), person: work });
    const kept = await found(owner, "ana@example.com");
    const gone = await found(owner, "ana@work");
    expect(gone.doubles.map(({ id, why }) => ({ id, why }))).toEqual([{ id: kept.id, why: ["same_name"] }]);
    await owner(`/${gone.id}/notes`, { json: { text: "Del trabajo." } });
    await owner(`/${gone.id}/restrictions`, { method: "PUT", json: { fullPayment: { reason: "No llegó." } } });
    const merge = `/${kept.id}/merge/${gone.id}`;
    const preview = expectShape(mergePreview, (await owner(merge)).body);
    expect(preview.after).toMatchObject({ id: kept.id, name: ana.name, bookings: 2, notes: 1, paysInFull: true, isBlocked: false });
    expect((await owner(merge, { method: "POST" })).status).toBe(200);
    expectProblem(await owner(merge, { method: "POST" }), "customer_merged");
    const merged = await pageOf(owner, gone.id);
    expect(merged).toMatchObject({ id: kept.id, bookingsCount: 2, fullPayment: { reason: "No llegó." }, doubles: [] });
    expect(merged.merged).toMatchObject([{ id: gone.id, mayUndo: true }]);
    expect(merged.contacts.map(({ value }) => value)).toEqual([work.email, "573017778888"]);
    expect((await listOf(owner, "?search=work.example")).customers.map(({ id }) => id)).toEqual([kept.id]);
    const later = await buys(stage, clinic, { n: next(), person: work });
    expect((await pageOf(owner, kept.id)).bookingsCount).toBe(3);
    expect((await owner(merge, { method: "DELETE" })).status).toBe(200);
    expectProblem(await owner(merge, { method: "DELETE" }), "customer_not_merged");
    expect(await pageOf(owner, kept.id)).toMatchObject({ bookingsCount: 1, fullPayment: null, merged: [], notes: [] });
    const again = await pageOf(owner, gone.id);
    expect(again).toMatchObject({ id: gone.id, bookingsCount: 2, notes: [{ text: "Del trabajo." }] });
    expect(again.bookings.map(({ id }) => id)).toContain(later);
  });

  test("a merge of the day before stays, and what came along with a double stays with it", async () => {
    await open();
    for (const [n, email] of ["uno@example.com", "dos@example.com", "tres@example.com"].entries())
      await buys(stage, clinic, { n: next(), person: { name: `Persona ${"abc"[n]}ana`, email, phone: `+57301000000${n}` } });
    const [uno, dos, tres] = [await found(owner, "uno@"), await found(owner, "dos@"), await found(owner, "tres@")];
    const post = (a: string, b: string) => owner(`/${a}/merge/${b}`, { method: "POST" });
    expect((await post(dos.id, tres.id)).status).toBe(200);
    expect((await post(uno.id, dos.id)).status).toBe(200);
    const all = await pageOf(owner, uno.id);
    expect(all.bookingsCount).toBe(3);
    expect(all.merged.map(({ id, mayUndo }) => [id, mayUndo]).sort()).toEqual(
      [
        [dos.id, true],
        [tres.id, false],
      ].sort(),
    );
    expectProblem(await owner(`/${uno.id}/merge/${tres.id}`, { method: "DELETE" }), "merge_settled");
    expect((await owner(`/${uno.id}/merge/${dos.id}`, { method: "DELETE" })).status).toBe(200);
    expect((await pageOf(owner, dos.id)).merged.map(({ id }) => id)).toEqual([tres.id]);
    expect((await post(uno.id, dos.id)).status).toBe(200);
    await stage.owner.query("update customer set merged_at = merged_at - interval '2 days' where id = $1", [dos.id]);
    expectProblem(await owner(`/${uno.id}/merge/${dos.id}`, { method: "DELETE" }), "merge_settled");
  });

  test("nobody is merged with themselves, with nobody, or with another merchant's customer", async () => {
    await open();
    await buys(stage, clinic, { n: next(), person: ana });
    const { id } = await found(owner, "ana@");
    const theirs = await stage.openClinic();
    await buys(stage, theirs, { n: next(), person: zoe });
    const other = await found(await receptionOf(stage, theirs), "zoe@");
    expectProblem(await owner(`/${id}/merge/${id}`, { method: "POST" }), "customer_merged");
    for (const stranger of [other.id, "0199c0de-0000-7000-8000-00000000ffff"]) {
      expectProblem(await owner(`/${id}/merge/${stranger}`), "customer_unknown");
      expectProblem(await owner(`/${id}/merge/${stranger}`, { method: "POST" }), "customer_unknown");
      expectProblem(await owner(`/${id}/merge/${stranger}`, { method: "DELETE" }), "customer_unknown");
    }
  });
});

test("who did what to customers is in the audit log, without their names", async () => {
  await open();
  await buys(stage, clinic, { n: next(), person: ana });
  const { id } = await found(owner, "ana@");
  await owner(`/${id}/export`);
  await owner(".csv");
  await eventually(async () => {
    const { rows } = await stage.owner.query<{ kind: string; details: string; actor: string }>(
      "select kind, details::text as details, actor from event where tenant_id = $1 and kind like 'customer%' order by created_at",
      [clinic.tenantId],
    );
    expect(rows.map(({ kind }) => kind)).toEqual(["customer.exported", "customers.exported"]);
    expect(JSON.stringify(rows)).not.toMatch(/ana@|Pérez/);
    expect(rows.every(({ actor }) => actor.startsWith("member:"))).toBe(true);
  });
});
