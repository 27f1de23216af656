import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import type { Clinic } from "../../support/clinic.ts";
import { addAppointments } from "../../support/desk/appointments.ts";
import { tellMoney } from "../../support/desk/money-stories.ts";
import { prepareStage } from "../../support/stage.ts";
import { ask, expectProblem } from "../request.ts";
import { type Merchant, merchantOf } from "../settings/as-merchant.ts";

const stage = prepareStage({ worker: false });

async function shop(): Promise<{ clinic: Clinic; merchant: Merchant; journal: () => Promise<Record<string, string>[]> }> {
  const clinic = await stage.openClinic();
  const merchant = await merchantOf(stage, clinic.tenantId, ["payments.read", "tenant.read", "tenant.change"]);
  const journal = async (): Promise<Record<string, string>[]> =>
    parse((await merchant("/api/ledger/journal.csv?month=2026-03")).text, { bom: true, columns: true });
  return { clinic, merchant, journal };
}
const sale = (paidAt: string, amountMinor = 11_900_000) => ({ paidAt, amountMinor, currency: "COP", hasCheckout: true, turns: [] });
const setTax = (merchant: Merchant, taxPercent: number | null) => merchant("/api/tenant", { method: "PATCH", json: { taxPercent } });

test("tax is included in the total; a refund has its payment's rate with a minus, whatever the rate has become since", async () => {
  const { clinic, merchant, journal } = await shop();
  await tellMoney({ owner: stage.owner, ...clinic }, [
    { ...sale("2026-03-02T15:00:00.000Z"), turns: [{ at: "2026-03-20T15:00:00.000Z", turn: "part", amountMinor: 5_950_001 }] },
    sale("2026-03-25T15:00:00.000Z"),
  ]);
  expect((await journal())[0]).toMatchObject({ base: "119000", tax: "0", tax_percent: "", total: "119000" });
  expect((await setTax(merchant, 19)).body).toMatchObject({ taxPercent: 19 });
  await setTax(merchant, 5.5);
  // As if the first had been said at the beginning, and the second in the middle of the month.
  const { rows } = await stage.owner.query("select id from tax_rate where tenant_id = $1 order by since, id", [clinic.tenantId]);
  expect(rows).toHaveLength(2);
  await stage.owner.query("update tax_rate set since = '2026-03-10' where id = $1", [rows[0].id]);
  await stage.owner.query("update tax_rate set since = '2026-03-15' where id = $1", [rows[1].id]);
  expect(await journal()).toMatchObject([
    { kind: "payment", date: "2026-03-02", base: "100000", tax: "19000", tax_percent: "19", total: "119000" },
    { kind: "refund", date: "2026-03-20", base: "-50000.01", tax: "-9500", tax_percent: "19", total: "-59500.01", paid_on: "2026-03-02" },
    { kind: "payment", date: "2026-03-25", base: "112796.21", tax: "6203.79", tax_percent: "5.5", total: "119000" },
  ]);
  for (const wrong of [0, -1, 100, 5.555]) expectProblem(await setTax(merchant, wrong), "invalid_request");
  // To say the same again is no new rate; the version counts all the same.
  await setTax(merchant, 5.5);
  expect((await stage.owner.query("select from tax_rate where tenant_id = $1", [clinic.tenantId])).rowCount).toBe(2);
});

test("a line has the buyer, the document from an open answer, the service and both numbers; a personal answer stays closed", async () => {
  const { clinic, journal } = await shop();
  const [open, closed, erased] = await addAppointments(
    stage.owner,
    clinic,
    ["Ana Ruiz", "Luz Mora", ""].map((name) => ({ name, startsAt: "2026-03-10T15:00:00Z" })),
  );
  const answer = (bookingId: string | undefined, question: string, text: string | null) =>
    stage.owner.query(
      `insert into booking_answer (tenant_id, booking_id, question_id, position, question, kind, answer, sealed)
       values ($1, $2, $3, 0, $4, 'text', $5, case when $5::text is null then 'sealed' end)`,
      [clinic.tenantId, bookingId, randomUUID(), question, text],
    );
  await answer(open?.id, "¿Por qué vienes?", "Dolor");
  await answer(open?.id, "Número de cédula o NIT", "=900.123.456-7");
  await answer(closed?.id, "Cédula", null);
  const ids = [open, closed, erased].map((one) => one?.id);
  const instant =
    "update charge set approved_at = '2026-03-10T15:00:00Z' where payment_id in (select id from payment where checkout_id = any($1))";
  await stage.owner.query(instant, [ids]);
  const lines = await journal();
  const of = (one: { reference: string } | undefined) => lines.find(({ reference }) => reference === one?.reference);
  expect(of(open)).toMatchObject({
    buyer: "Ana Ruiz",
    document: "'=900.123.456-7",
    total: "100000",
    provider: "wompi",
    date: "2026-03-10",
  });
  expect(of(open)?.["description"]).not.toBe("");
  expect(of(open)?.["provider_id"]).toMatch(/^tx-/);
  expect(of(closed)).toMatchObject({ buyer: "Luz Mora", document: "" });
  // Somebody who was erased has no name, and their money stays.
  expect(of(erased)).toMatchObject({ buyer: "", total: "100000" });
});

test("money without a purchase has a line too, and the file is named by its month", async () => {
  const { clinic, merchant, journal } = await shop();
  await tellMoney({ owner: stage.owner, ...clinic }, [{ ...sale("2026-03-02T15:00:00.000Z"), hasCheckout: false }]);
  expect(await journal()).toMatchObject([{ kind: "payment", buyer: "", total: "119000", mode: "test" }]);
  const { headers } = await merchant("/api/ledger/journal.csv?month=2026-03");
  expect(headers.get("content-disposition")).toBe('attachment; filename="sales-2026-03-test.csv"');
  expect(headers.get("cache-control")).toBe("no-store");
  const other = await shop();
  expect(await other.journal()).toEqual([]);
  expectProblem(await ask(stage, "/api/ledger/journal.csv"), "unauthorized");
});
