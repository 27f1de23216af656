import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { keepPayouts } from "#commands/settlement/keep-payouts.ts";
import { type Arrivals, arrivals } from "#contracts/ledger/arrivals.ts";
import { monthTotals } from "#contracts/ledger/ledger.ts";
import { paymentsPage } from "#contracts/ledger/payments-list.ts";
import type { PayoutFact } from "#domain/payment-provider.ts";
import { type MoneyStory, tellMoney } from "../../support/desk/money-stories.ts";
import { testedProvider } from "../../support/payers/tested-provider.ts";
import { prepareStage } from "../../support/stage.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectShape } from "../request.ts";

const stage = prepareStage({ worker: false });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const paid = (amountMinor: number, turns: MoneyStory["turns"] = []): MoneyStory => ({
  ...{ paidAt: inDays(-1).toISOString(), amountMinor, currency: "COP", hasCheckout: true, turns },
});

async function shop(stories: readonly MoneyStory[]) {
  const clinic = await stage.openClinic();
  const headers = await merchantKey(stage, clinic.tenantId, ["payments.read"]);
  const charges = await tellMoney({ owner: stage.owner, ...clinic }, stories);
  const get = (path: string) => ask(stage, `/api/${path}`, { headers });
  return {
    get,
    /** As the engine keeps it when the provider tells it, of the n-th payment. */
    async pays(n: number, payout: PayoutFact): Promise<void> {
      const { reference = "", providerChargeId = "" } = charges[n] ?? {};
      const about = { reference, providerChargeId, state: "approved", providerStatus: "paid", method: null, finalizedAt: null } as const;
      await keepPayouts(clinic, [{ ...about, amountMinor: 1, currency: "COP", payout }]);
    },
    arrivals: async (): Promise<Arrivals> => expectShape(arrivals, (await get("ledger/arrivals")).body),
  };
}

const about = { provider: testedProvider.id, currency: "COP" };

test("what providers tell of fees and arrivals is summed by day; what they do not tell is named, and never computed", async () => {
  const { pays, arrivals, get } = await shop([paid(1_000_000), paid(2_000_000), paid(4_000_000), paid(8_000_000)]);
  await pays(0, { feeMinor: 50_000, netMinor: 950_000, arrivesAt: inDays(2) });
  await pays(1, { feeMinor: 70_000, netMinor: null, arrivesAt: inDays(2) });
  await pays(2, { feeMinor: null, netMinor: null, arrivesAt: inDays(3) });
  const found = await arrivals();
  expect(found.days).toEqual([
    expect.objectContaining({ ...about, payments: 2, takenMinor: 3_000_000, feesMinor: 120_000, arrivesMinor: 2_880_000 }),
    expect.objectContaining({ ...about, payments: 1, takenMinor: 4_000_000, feesMinor: null, arrivesMinor: null }),
  ]);
  expect(found.unknown).toEqual([{ ...about, payments: 1, takenMinor: 8_000_000 }]);
  const lines: Record<string, string>[] = parse((await get("ledger/arrivals.csv")).text, { bom: true, columns: true });
  expect(lines.map(({ arrives, taken }) => [arrives, taken])).toEqual([
    ["28800", "30000"],
    ["", "40000"],
    ["", "80000"],
  ]);
});

test("what went back by a refund case does not arrive, and what a bank took back is not expected", async () => {
  const at = inDays(0).toISOString();
  const { pays, arrivals } = await shop([
    paid(1_000_000, [{ at, turn: "part", amountMinor: 400_000 }]),
    paid(2_000_000, [{ at, turn: "charged_back" }]),
  ]);
  await pays(0, { feeMinor: 50_000, netMinor: 950_000, arrivesAt: inDays(2) });
  await pays(1, { feeMinor: 50_000, netMinor: 1_950_000, arrivesAt: inDays(2) });
  expect((await arrivals()).days).toMatchObject([{ payments: 1, backMinor: 400_000, arrivesMinor: 550_000 }]);
});

test("a told fee stands in the ledger and the list instead of the published rate, which both say; a later answer without it takes nothing away", async () => {
  const { pays, get } = await shop([paid(1_000_000), paid(1_000_000)]);
  await pays(0, { feeMinor: 12_345, netMinor: 987_655, arrivesAt: null });
  await pays(0, { feeMinor: null, netMinor: null, arrivesAt: null });
  const { payments } = expectShape(paymentsPage, (await get("payments")).body);
  const told = payments.find(({ isFeeTold }) => isFeeTold);
  const computed = payments.find(({ isFeeTold }) => !isFeeTold);
  expect(told).toMatchObject({ feeMinor: 12_345, netMinor: 987_655 });
  expect(computed).toMatchObject({ netMinor: null });
  const { period } = expectShape(monthTotals, (await get("ledger/days")).body);
  const about = computed?.feeMinor ?? null;
  expect(period).toMatchObject([{ payments: 2, feesTold: 1, feesMinor: about === null ? null : 12_345 + about }]);
});
