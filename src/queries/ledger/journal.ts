import { sql } from "kysely";
import type { Mode, MonthQuery } from "#contracts/ledger/ledger.ts";
import { asksForDocument } from "#domain/ledger/document-question.ts";
import { rateAt, type SaidRate, splitTax } from "#domain/ledger/tax.ts";
import { toMajor } from "#domain/money.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { type LineRow, readLines } from "./day-lines.ts";
import { readMonth } from "./ledger-span.ts";

export const journalColumns = [
  ...["date", "time", "timezone", "kind", "reference", "buyer", "document", "description"],
  ...["base", "tax", "tax_percent", "total", "currency", "method", "provider", "provider_id", "mode", "paid_on"],
];

/** How many lines are read at once. No transaction waits for a reader. */
const window = 1_000;

export type Journal = { month: string; mode: Mode; lines: AsyncGenerator<Cell[][], void, undefined> };
type Cell = string | number | null;

/** The sales journal of a month: a line for each move of money, the oldest first. */
export async function openJournal({ tenantId, query }: { tenantId: string; query: MonthQuery }): Promise<Journal> {
  const { month, mode, timezone, span, rates } = await inTenant(tenantId, async (tx) => ({
    ...(await readMonth(tx, query)),
    rates: await readRates(tx),
  }));
  async function* lines() {
    for (let from: string | null = span.from; from !== null; ) {
      const wish = { tenantId, mode, span: { ...span, from } };
      const piece: { rows: Cell[][]; end: string | null } = await inTenant(tenantId, async (tx) => {
        const read = await readLines(tx, wish, { count: window });
        const documents = await readDocuments(tx, read.lines);
        return { rows: read.lines.map((line) => cellsOf(line, { timezone, rates, documents })), end: read.end };
      });
      yield piece.rows;
      from = piece.end;
    }
  }
  return { month, mode, lines: lines() };
}

async function readRates(tx: Tx): Promise<SaidRate[]> {
  const said = await tx.selectFrom("tax_rate").select(["since", "percent"]).orderBy("since").orderBy("id").execute();
  return said.map(({ since, percent }) => ({ sinceMs: since.getTime(), percent: percent === null ? null : Number(percent) }));
}

/** What the buyers answered to a question for their document. A personal answer stays closed. */
async function readDocuments(tx: Tx, lines: readonly LineRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(lines.flatMap(({ booking_id: id }) => (id === null ? [] : [id])))];
  const { rows } = await sql<{ booking_id: string; question: string; answer: string }>`
    select a.booking_id, a.question, a.answer from booking_answer a
    where a.tenant_id = current_tenant() and a.booking_id = any(${ids}::uuid[]) and a.kind = 'text' and a.answer is not null
    order by a.position desc`.execute(tx);
  return new Map(rows.filter(({ question }) => asksForDocument(question)).map(({ booking_id, answer }) => [booking_id, answer]));
}

type Known = { timezone: string; rates: readonly SaidRate[]; documents: ReadonlyMap<string, string> };

/** A refund's tax is that of its payment, whatever the rate has become since. */
function cellsOf(line: LineRow, { timezone, rates, documents }: Known): Cell[] {
  const { currency, amount_minor: amountMinor } = line;
  const percent = rateAt(rates, line.paid_at.getTime());
  const { baseMinor, taxMinor } = splitTax(amountMinor, percent);
  const isKnown = line.kind !== "part_unknown";
  const money = (minor: number) => (isKnown ? toMajor(minor, currency) : null);
  const [date = "", time = ""] = inZone(line.at, timezone);
  return [
    ...[date, time, timezone, line.kind, line.reference, line.customer_name, documents.get(line.booking_id ?? "") ?? null, line.service],
    ...[money(baseMinor), money(taxMinor), percent, money(amountMinor), currency, line.method, line.provider, line.provider_charge_id],
    ...[line.mode, inZone(line.paid_at, timezone)[0] ?? ""],
  ];
}

/** `2026-11-23` and `08:00`, as spreadsheets read dates everywhere. */
function inZone(at: Date, timeZone: string): string[] {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(at).split(" ");
}
