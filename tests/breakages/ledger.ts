import type { Breakage } from "./breakage.ts";

const sums = "tests/http/money/ledger.test.ts";
const journal = "tests/http/money/journal.test.ts";
const proofs = "tests/http/money/proofs.test.ts";
const tests = "tests/http/money/callback-test.test.ts";
const lines = "src/queries/ledger/ledger-lines.ts";

/** Sums of money, what proves a refund, and what a test callback may reach. */
export const ledger: Breakage[] = [
  {
    guarantee: "a dispute that follows a partial refund takes the rest, never the whole again",
    file: lines,
    find: "coalesce(lag(gone) over (partition by charge_id order by at, id), 0) - gone as amount_minor",
    replace: "0 - gone as amount_minor",
    noticedBy: [sums],
  },
  {
    guarantee: "a dispute that was won brings the money back",
    file: lines,
    find: "when h.kind = 'payment.restored' then false",
    replace: "when h.kind = 'payment.restored' then null",
    noticedBy: [sums],
  },
  {
    guarantee: "test payments are no money",
    file: lines,
    find: "and n.id = line.connection_id and ${modeOf} = ${mode}`",
    replace: "and n.id = line.connection_id`",
    noticedBy: [sums],
  },
  {
    guarantee: "money that another connection settled counts once",
    file: lines,
    find: "c.amount_minor > 0 and (c.payment_id is not null or c.outcome is not null)",
    replace: "c.amount_minor > 0",
    noticedBy: [sums],
  },
  {
    guarantee: "a day is that of the merchant's zone",
    file: "src/queries/ledger/month-totals.ts",
    find: "to_char(l.at at time zone ${timezone}, 'YYYY-MM-DD')",
    replace: "to_char(l.at at time zone 'UTC', 'YYYY-MM-DD')",
    noticedBy: [sums],
  },
  {
    guarantee: "a fee that nobody publishes is not known, and not nothing",
    file: "src/domain/ledger/totals.ts",
    find: "(a === null || b === null ? null : a + b)",
    replace: "(a ?? 0) + (b ?? 0)",
    noticedBy: ["tests/unit/ledger/rules.test.ts"],
  },
  {
    guarantee: "each line of the journal stands in it once",
    file: "src/queries/ledger/day-lines.ts",
    find: "end === null ? wish.span : { ...wish.span, to: end }",
    replace: "wish.span",
    noticedBy: [sums],
  },
  {
    guarantee: "a sale keeps the tax rate of its day",
    file: "src/queries/ledger/journal.ts",
    find: "rateAt(rates, line.paid_at.getTime())",
    replace: "rates.at(-1)?.percent ?? null",
    noticedBy: [journal],
  },
  {
    guarantee: "a file that proves a refund is its own merchant's case's alone",
    file: "src/queries/ledger/proof-files.ts",
    find: '      .where("refund_case_id", "=", input.refundCaseId)\n',
    replace: "",
    noticedBy: [proofs],
  },
  {
    guarantee: "nobody erases what proves a refund",
    file: "db/migrations/017_ledger.sql",
    find: "revoke update, delete on refund_proof from konfirmado_app, konfirmado_system;",
    replace: "",
    noticedBy: [proofs],
  },
  {
    guarantee: "a proof that is no PDF is not kept as one",
    file: "src/commands/refund-cases/add-proof.ts",
    find: '!== "%PDF-"',
    replace: '=== ""',
    noticedBy: [proofs],
  },
  {
    guarantee: "five tests of callbacks a minute, also at once",
    file: "src/commands/callbacks/test-callback.ts",
    find: "      .forNoKeyUpdate()\n",
    replace: "",
    noticedBy: [tests],
  },
  {
    guarantee: "of two answers to a reversal one counts, and the other is told",
    file: "src/http/merchant/booking-desk.ts",
    find: "if (!isAnswered && booking.reversalAnswer !== body.answer)",
    replace: "if (!isAnswered && booking.reversalAnswer === null)",
    noticedBy: ["tests/http/money/reversal.test.ts"],
  },
];
