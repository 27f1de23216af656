import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type LedgerLine, type LedgerPage, ledgerPage, type MonthTotals, monthTotals } from "#contracts/ledger/ledger.ts";
import { decimalsOf } from "#domain/money.ts";
import { openClinic } from "../../support/clinic.ts";
import { linesOf, type MoneyStory, type Turn, tellMoney } from "../../support/desk/money-stories.ts";
import { openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { merchantKey } from "../merchant-key.ts";
import { ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ worker: false });

async function shop(timezone = "America/Bogota") {
  const clinic = await openClinic(stage, { timezone });
  const headers = await merchantKey(stage, clinic.tenantId, ["payments.read"]);
  const get = (path: string) => ask(stage, `/api/ledger/${path}`, { headers });
  const days = async (month: string): Promise<MonthTotals> => expectShape(monthTotals, (await get(`days?month=${month}`)).body);
  return {
    ...clinic,
    get,
    days,
    async lines(day: string): Promise<LedgerLine[]> {
      const found: LedgerLine[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page: LedgerPage = expectShape(ledgerPage, (await get(`lines?day=${day}${cursor && `&cursor=${cursor}`}`)).body);
        found.push(...page.lines);
        cursor = page.next;
      }
      return found;
    },
    journal: async (month: string): Promise<Record<string, string>[]> =>
      parse((await get(`journal.csv?month=${month}`)).text, { bom: true, columns: true }),
    tell: (stories: readonly MoneyStory[]) => tellMoney({ owner: stage.owner, ...clinic }, stories),
  };
}
type Shop = Awaited<ReturnType<typeof shop>>;

const paid = (paidAt: string, amountMinor: number, ...turns: Turn[]): MoneyStory => ({
  ...{ paidAt, amountMinor, currency: "COP", hasCheckout: true, turns },
});

describe("a payment, and what became of it", () => {
  let own: Shop;
  beforeAll(async () => {
    own = await shop();
    await own.tell([
      paid("2026-03-02T04:59:59.000Z", 1_000_000),
      paid("2026-03-02T05:00:00.000Z", 10_000_000, { at: "2026-03-05T15:00:00.000Z", turn: "part", amountMinor: 4_000_000 }),
      paid(
        "2026-03-02T15:00:00.000Z",
        20_000_000,
        { at: "2026-03-03T15:00:00.000Z", turn: "disputed" },
        { at: "2026-03-04T15:00:00.000Z", turn: "restored" },
      ),
      paid("2026-03-02T16:00:00.000Z", 5_000_000, { at: "2026-03-03T16:00:00.000Z", turn: "partly_refunded" }),
    ]);
  });
  const dayOf = async (day: string) => (await own.days(day.slice(0, 7))).days.find((one) => one.day === day);

  test("counts on the day of the merchant's zone on which it came, with the provider's fee about", async () => {
    expect(await dayOf("2026-03-01")).toMatchObject({ payments: 1, takenMinor: 1_000_000, netMinor: 1_000_000 });
    // 2.65 % and 700 pesos, and 19 % of tax on both, to the peso.
    const fee = (minor: number) => Math.round((((minor * 2.65) / 100 + 70_000) * 1.19) / 100) * 100;
    const fees = fee(10_000_000) + fee(20_000_000) + fee(5_000_000);
    expect(await dayOf("2026-03-02")).toEqual({
      ...{ day: "2026-03-02", provider: "wompi", currency: "COP", payments: 3, refunds: 0, takenMinor: 35_000_000 },
      ...{ refundedMinor: 0, reversedMinor: 0, restoredMinor: 0, disputeFeesMinor: 0, netMinor: 35_000_000, partsUnknown: 0 },
      ...{ feesMinor: fees, feesTold: 0, arrivesMinor: 35_000_000 - fees },
    });
  });

  test("its refund counts on the day on which the money went back", async () => {
    expect(await dayOf("2026-03-05")).toMatchObject({ payments: 0, refunds: 1, refundedMinor: 4_000_000, netMinor: -4_000_000 });
    const [line] = await own.lines("2026-03-05");
    expect(line).toMatchObject({ kind: "refund", amountMinor: -4_000_000, checkout: { customerName: "Ana María Pérez" } });
  });

  test("a dispute takes all of it until it is won, and an unknown part is named without a sum", async () => {
    expect(await dayOf("2026-03-03")).toMatchObject({ reversedMinor: 20_000_000, netMinor: -20_000_000, partsUnknown: 1 });
    expect(await dayOf("2026-03-04")).toMatchObject({ restoredMinor: 20_000_000, netMinor: 20_000_000 });
    const journal = await own.journal("2026-03");
    expect(journal.map(({ kind }) => kind)).toEqual([
      "payment",
      "payment",
      "payment",
      "payment",
      "reversal",
      "part_unknown",
      "restored",
      "refund",
    ]);
    expect(journal.find(({ kind }) => kind === "part_unknown")).toMatchObject({ total: "", base: "", tax: "" });
  });

  test("a dispute that is lost after a case had sent a part back takes the rest, never more", async () => {
    const lost = await shop();
    await lost.tell([
      paid(
        "2026-05-02T15:00:00.000Z",
        9_000_000,
        { at: "2026-05-03T15:00:00.000Z", turn: "part", amountMinor: 4_000_000 },
        { at: "2026-05-04T15:00:00.000Z", turn: "disputed" },
        { at: "2026-05-05T15:00:00.000Z", turn: "charged_back" },
        { at: "2026-05-06T15:00:00.000Z", turn: "part", amountMinor: 5_000_000 },
      ),
    ]);
    const { period, days } = await lost.days("2026-05");
    expect(period).toMatchObject([{ takenMinor: 9_000_000, refundedMinor: 4_000_000, reversedMinor: 5_000_000, netMinor: 0 }]);
    expect(days.map(({ day }) => day)).toEqual(["2026-05-04", "2026-05-03", "2026-05-02"]);
  });

  test("what nobody publishes fees for is not known, and money that another connection settled counts once", async () => {
    const { rows } = await stage.owner.query(
      "insert into connection (tenant_id, kind, provider, credentials) values ($1, 'payment', 'on_the_moon', '') returning id",
      [own.tenantId],
    );
    await tellMoney({ owner: stage.owner, tenantId: own.tenantId, connectionId: rows[0].id }, [paid("2026-04-02T15:00:00.000Z", 700_000)]);
    const [twin] = await own.tell([{ ...paid("2026-04-02T15:00:00.000Z", 700_000), hasCheckout: false }]);
    await stage.owner.query("update charge set outcome = null where id = $1", [twin?.chargeId]);
    expect((await own.days("2026-04")).period).toEqual([
      expect.objectContaining({ provider: "on_the_moon", payments: 1, takenMinor: 700_000, feesMinor: null, arrivesMinor: null }),
    ]);
  });

  test("test payments are no money, unless the merchant takes no other", async () => {
    const mixed = await shop();
    await mixed.tell([paid("2026-03-02T15:00:00.000Z", 1_000_000)]);
    expect(await mixed.days("2026-03")).toMatchObject({ mode: "test", period: [{ payments: 1 }] });
    await stage.owner.query(
      "insert into connection (tenant_id, kind, provider, mode, credentials) values ($1, 'payment', 'wompi', 'production', '')",
      [mixed.tenantId],
    );
    expect(await mixed.days("2026-03")).toMatchObject({ mode: "production", period: [] });
    expect(await mixed.journal("2026-03")).toEqual([]);
    const asked = expectShape(monthTotals, (await mixed.get("days?month=2026-03&mode=test")).body);
    expect(asked.period).toMatchObject([{ payments: 1 }]);
  });
});

test("what a reception takes is real money, also where providers are only tried", async () => {
  const own = await shop();
  const made = "insert into connection (tenant_id, kind, provider, credentials) values ($1, 'desk', 'on_site', '') returning id";
  const { rows } = await stage.owner.query(made, [own.tenantId]);
  await own.tell([paid("2026-03-02T15:00:00.000Z", 1_000_000)]);
  await tellMoney({ owner: stage.owner, tenantId: own.tenantId, connectionId: rows[0].id }, [paid("2026-03-02T16:00:00.000Z", 700_000)]);
  expect(await own.days("2026-03")).toMatchObject({ mode: "production", period: [{ takenMinor: 700_000, feesMinor: null }] });
});

const currencies = ["COP", "EUR", "CLP", "KWD"];
const zones = ["America/Bogota", "America/Santiago", "Europe/Paris", "Pacific/Auckland"] as const;
const from = Date.parse("2026-03-01T00:00:00Z");
const minutes = 60 * 24 * 90;
const at = (minute: number, ms: number) => new Date(from + minute * 60_000 + ms).toISOString();

const anyStory: fc.Arbitrary<MoneyStory> = fc
  .record({
    minute: fc.integer({ min: 0, max: minutes / 2 }),
    amountMinor: fc.integer({ min: 1, max: 900_000_000 }),
    currency: fc.constantFrom(...currencies),
    hasCheckout: fc.boolean(),
    turns: fc.array(
      fc.record({
        after: fc.integer({ min: 1, max: minutes / 12 }),
        turn: fc.constantFrom("part", "part", "disputed", "charged_back", "refunded", "partly_refunded", "refunding", "restored"),
        share: fc.double({ min: 0.01, max: 1, noNaN: true }),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ minute, turns, ...story }) => {
    let left = story.amountMinor;
    let now = minute;
    const told: Turn[] = [];
    // Only what belongs to a payment can be reversed outside.
    for (const [n, { after, turn, share }] of turns.filter(({ turn: one }) => story.hasCheckout || one === "part").entries()) {
      now += after;
      const amountMinor = Math.ceil(left * share);
      if (turn !== "part") told.push({ at: at(now, n), turn });
      else if (amountMinor > 0) {
        told.push({ at: at(now, n), turn, amountMinor });
        left -= amountMinor;
      }
    }
    return { ...story, paidAt: at(minute, 0), turns: told };
  });

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const byKey = <T>(rows: readonly T[], keyOf: (row: T) => string, amountOf: (row: T) => number): Record<string, number> => {
  const keys = [...new Set(rows.map(keyOf))].sort();
  return Object.fromEntries(keys.map((key) => [key, sum(rows.filter((row) => keyOf(row) === key).map(amountOf))]));
};
const months = ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06"];

describe.each(zones)("whatever happened, in %s", (timezone) => {
  test("the sums of days are those of all payments and what became of them, line by line and in the journal", async () => {
    const own = await shop(timezone);
    const stories = fc.sample(anyStory, 60);
    await own.tell(stories);
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short" });
    const expected = stories.flatMap((story) => linesOf(story).map((line) => ({ ...line, day: format.format(new Date(line.at)), story })));
    const wanted = byKey(
      expected.filter(({ amountMinor }) => amountMinor !== 0),
      ({ day, story }) => `${day} ${story.currency}`,
      ({ amountMinor }) => amountMinor,
    );
    const totals = await Promise.all(months.map(own.days));
    const days = totals.flatMap(({ days: all }) => all);
    const told = byKey(
      days.filter(
        ({ takenMinor, refundedMinor, reversedMinor, restoredMinor }) => takenMinor + refundedMinor + reversedMinor + restoredMinor > 0,
      ),
      ({ day, currency }) => `${day} ${currency}`,
      ({ netMinor }) => netMinor,
    );
    expect(told).toEqual(wanted);
    for (const day of days) {
      const { takenMinor, refundedMinor, reversedMinor, restoredMinor, netMinor } = day;
      expect(netMinor).toBe(takenMinor - refundedMinor - reversedMinor + restoredMinor);
      for (const part of [takenMinor, refundedMinor, reversedMinor, restoredMinor]) expect(part).toBeGreaterThanOrEqual(0);
    }
    for (const { period, days: all } of totals)
      expect(
        byKey(
          period,
          ({ currency }) => currency,
          ({ netMinor }) => netMinor,
        ),
      ).toEqual(
        byKey(
          all,
          ({ currency }) => currency,
          ({ netMinor }) => netMinor,
        ),
      );
    const [fullest] = Object.entries(
      byKey(
        days,
        ({ day }) => day,
        () => 1,
      ),
    ).sort(([, a], [, b]) => b - a);
    const lines = await own.lines(fullest?.[0] ?? "");
    expect(
      byKey(
        lines,
        ({ currency }) => currency,
        ({ amountMinor }) => amountMinor,
      ),
    ).toEqual(
      byKey(
        days.filter(({ day }) => day === fullest?.[0]),
        ({ currency }) => currency,
        ({ netMinor }) => netMinor,
      ),
    );
    const journal = (await Promise.all(months.map(own.journal))).flat();
    const minor = (text: string, currency: string) => Math.round(Number(text) * 10 ** decimalsOf(currency));
    expect(
      byKey(
        journal,
        ({ date, currency }) => `${date} ${currency}`,
        ({ total, currency }) => minor(total ?? "", currency ?? ""),
      ),
    ).toEqual(
      byKey(
        days,
        ({ day, currency }) => `${day} ${currency}`,
        ({ netMinor }) => netMinor,
      ),
    );
  });
});

test("a month of more lines than are read at once is written whole, each line once and in order", async () => {
  const own = await shop();
  const many = Array.from({ length: 2_100 }, (_, n) => paid(at(n % 700, 0), 100_000 + n));
  await own.tell(many);
  const journal = await own.journal("2026-03");
  const february = await own.journal("2026-02");
  expect(new Set([...journal, ...february].map(({ provider_id }) => provider_id)).size).toBe(many.length);
  expect(journal.length + february.length).toBe(many.length);
  const moments = journal.map(({ date, time }) => `${date} ${time}`);
  expect(moments).toEqual(moments.toSorted());
  const [day] = (await own.days("2026-03")).days;
  expect((await own.lines(day?.day ?? "")).length).toBe(day?.payments);
});

test("who may not read payments reads no sum, and another merchant's money is in none", async () => {
  const [own, other] = [await shop(), await shop()];
  await other.tell([paid("2026-03-02T15:00:00.000Z", 1_000_000)]);
  expect((await own.days("2026-03")).period).toEqual([]);
  expect(await own.journal("2026-03")).toEqual([]);
  expect(await own.lines("2026-03-02")).toEqual([]);
  const { cookie } = await openMerchant(stage, { role: "staff", tenantId: own.tenantId, professionalId: own.professionalId });
  for (const path of ["days", "lines", "journal.csv"])
    expectProblem(await ask(stage, `/api/ledger/${path}`, { headers: { cookie } }), "forbidden");
  for (const wrong of ["days?month=2026-13", "days?month=x", "lines?day=2026-02-30", "lines?cursor=x", `lines?cursor=${randomUUID()}`])
    expectProblem(await own.get(wrong), "invalid_request");
});
