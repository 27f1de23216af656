import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { type PaymentsPage, paymentsPage } from "#contracts/ledger/payments-list.ts";
import type { Clinic } from "../../support/clinic.ts";
import { type MoneyStory, type Told, tellMoney } from "../../support/desk/money-stories.ts";
import { openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { bookAndPay } from "../desk/desk.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ keepsPromises: false });

let clinic: Clinic;
let headers: Record<string, string>;
let told: Told[];
const day = (date: string) => `2026-03-${date}T15:00:00.000Z`;
const plain = { amountMinor: 10_000_000, currency: "COP", hasCheckout: true, turns: [] };
const stories: MoneyStory[] = [
  { ...plain, paidAt: day("01") },
  { ...plain, paidAt: day("02"), turns: [{ at: day("03"), turn: "part", amountMinor: 4_000_000 }] },
  { ...plain, paidAt: day("04"), turns: [{ at: day("05"), turn: "disputed" }] },
  { ...plain, paidAt: day("06"), hasCheckout: false },
];

beforeAll(async () => {
  clinic = await stage.openClinic();
  headers = await merchantKey(stage, clinic.tenantId, ["payments.read"]);
  told = await tellMoney({ owner: stage.owner, ...clinic }, stories);
  await tellMoney({ owner: stage.owner, ...clinic }, [{ ...plain, paidAt: day("07"), amountMinor: 0 }]);
  await stage.owner.query("update checkout set customer_name = '=1+1' where id = $1", [told[0]?.checkoutId]);
});

const list = async (query = ""): Promise<PaymentsPage> =>
  expectShape(paymentsPage, (await ask(stage, `/api/payments${query}`, { headers })).body);
const found = async (query: string) => (await list(query)).payments.map(({ id }) => told.findIndex(({ chargeId }) => chargeId === id));
const csv = async (query = ""): Promise<Record<string, string>[]> =>
  parse((await ask(stage, `/api/payments.csv${query}`, { headers })).text, { bom: true, columns: true });

test("payments come the newest first, without what costs nothing, each with what came of it, its fee about and what went back", async () => {
  const { payments } = await list("?to=2026-03-29");
  expect(payments.map(({ providerChargeId }) => providerChargeId)).toEqual(told.map((one) => one.providerChargeId).toReversed());
  expect(payments[0]).toMatchObject({ checkout: null, outcome: "refund_case", refundCase: null, provider: "wompi", mode: "test" });
  expect(payments[1]).toMatchObject({
    state: "disputed",
    outcome: "booked",
    refundedMinor: 0,
    checkout: { customerName: "Ana María Pérez" },
  });
  expect(payments[2]).toMatchObject({ refundedMinor: 4_000_000, refundCase: { state: "done", reason: "requested" } });
  expect(payments[2]?.feeMinor).toBe(398_700);
});

test("keyset pages show each payment once, whatever is added meanwhile", async () => {
  const first = await list("?limit=3&to=2026-03-31");
  await tellMoney({ owner: stage.owner, ...clinic }, [{ ...plain, paidAt: day("30") }]);
  const rest = await list(`?limit=3&to=2026-03-31&cursor=${encodeURIComponent(first.nextCursor ?? "")}`);
  expect([...first.payments, ...rest.payments].map(({ id }) => id)).toEqual(told.map(({ chargeId }) => chargeId).toReversed());
  expect(rest.nextCursor).toBeNull();
  expectProblem(await ask(stage, "/api/payments?cursor=x", { headers }), "invalid_request");
});

describe("what is looked for", () => {
  test("by days of the merchant's zone, by state, and by provider", async () => {
    expect(await found("?from=2026-03-02&to=2026-03-04")).toEqual([2, 1]);
    expect(await found("?state=disputed")).toEqual([2]);
    expect(await found("?provider=nobody")).toEqual([]);
    expect(await found("?provider=wompi&to=2026-03-01")).toEqual([0]);
    for (const wrong of ["?state=x", "?provider=A%20B", "?from=2026-02-30", "?limit=101"])
      expectProblem(await ask(stage, `/api/payments${wrong}`, { headers }), "invalid_request");
  });

  test("by our reference in any case, and by the provider's id, each whole", async () => {
    for (const n of [1, 3]) {
      expect(await found(`?search=${told[n]?.reference.toLowerCase()}`)).toEqual([n]);
      expect(await found(`?search=${told[n]?.providerChargeId}`)).toEqual([n]);
    }
    expect(await found(`?search=${told[1]?.reference.slice(0, -1)}`)).toEqual([]);
    expect(await found("?search=%25")).toEqual([]);
  });

  test("as a file with the same filters, in which no cell is a formula", async () => {
    const lines = await csv("?to=2026-03-04");
    expect(lines.map(({ customer }) => customer)).toEqual(["Ana María Pérez", "Ana María Pérez", "'=1+1"]);
    expect(lines[1]).toMatchObject({
      date: "2026-03-02",
      time: "10:00",
      amount: "100000",
      fee_about: "3987",
      refunded: "40000",
      currency: "COP",
    });
  });
});

test("what a customer pays for real is in the list and in the day's total", async () => {
  const own = await stage.openClinic();
  const key = await merchantKey(stage, own.tenantId, ["payments.read"]);
  const booking = await bookAndPay(stage, own, 0);
  const page = expectShape(paymentsPage, (await ask(stage, "/api/payments", { headers: key })).body);
  expect(page.payments).toMatchObject([{ state: "approved", outcome: "booked", amountMinor: 10_000_000, checkout: { id: booking.id } }]);
  const { body } = await ask(stage, "/api/ledger/days", { headers: key });
  expect(body).toMatchObject({ mode: "test", period: [{ payments: 1, takenMinor: 10_000_000 }] });
});

test("staff, and a key without the permission, read no payment, and nobody another merchant's", async () => {
  const { cookie } = await openMerchant(stage, { role: "staff", tenantId: clinic.tenantId, professionalId: clinic.professionalId });
  const without = await merchantKey(stage, clinic.tenantId, ["bookings.read"]);
  const other = await merchantKey(stage, (await stage.openClinic()).tenantId, ["payments.read"]);
  for (const path of ["/api/payments", "/api/payments.csv"]) {
    expectProblem(await ask(stage, path, { headers: { cookie } }), "forbidden");
    expectProblem(await ask(stage, path, { headers: without }), "forbidden");
  }
  for (const search of ["", `?search=${told[0]?.reference}`, `?search=${told[3]?.reference}`, `?search=${told[0]?.providerChargeId}`])
    expect((await ask(stage, `/api/payments${search}`, { headers: other })).body).toEqual({ payments: [], nextCursor: null });
});
