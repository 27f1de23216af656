import type { Breakage } from "../breakage.ts";

const parts = "tests/engine/money-back/parts.test.ts";
const panel = "tests/engine/money-back/panel-refunds.test.ts";
const disputes = "tests/engine/money-back/disputes.test.ts";
const evidence = "tests/http/money/disputes.test.ts";
const record = "src/commands/refund-cases/record-parts.ts";
const own = "src/commands/refund-cases/own-part.ts";
const lines = "src/queries/ledger/ledger-lines.ts";

/** Parts of refunds, disputes, and what a bank is shown of them. */
export const moneyBack: Breakage[] = [
  {
    guarantee: "no refund is begun that the provider would refuse while a dispute stands",
    file: "src/commands/refund-cases/lock-paid-charge.ts",
    find: 'if (await isBlockedByDispute(tx, charge)) throw new Refusal("refund_blocked_by_dispute");',
    replace: "",
    noticedBy: [disputes, evidence],
  },
  {
    guarantee: "a withdrawal that came after the law's last day is none",
    file: "src/queries/desk/withdrawal.ts",
    find: 'if (until !== null && saidOn > until) throw new Refusal("withdrawal_over");',
    replace: "",
    noticedBy: [evidence],
  },
  {
    guarantee: "public holidays are no working days",
    file: "src/domain/holidays/working-days.ts",
    find: "return holiday === null && ![0, 6].includes(weekdayOf(date));",
    replace: "return ![0, 6].includes(weekdayOf(date));",
    noticedBy: ["tests/unit/payments/withdrawal-deadline.test.ts"],
  },
  {
    guarantee: "a panel refund that was under way is no second one when it ends",
    file: record,
    find: 'else if (isKnown && part.state === "done") await tellOutsideDone(tx, { charge, part });',
    replace: 'else if (part.state === "done") await tellOutsideRefund(tx, { charge, part });',
    noticedBy: [panel],
  },
  {
    guarantee: "a panel refund is asked about until it ends",
    file: "src/commands/settlement/watch-outside-refund.ts",
    find: "await pollPayment({ tenantId: place.tenantId, paymentId: before.paymentId, isExtra: true });",
    replace: "",
    noticedBy: [panel],
  },
  {
    guarantee: "what the panel has sent back is spent",
    file: "src/commands/refund-cases/charge-rows.ts",
    find: "return sum + (await sentOutsideMinor(tx, charge));",
    replace: "return sum;",
    noticedBy: [parts],
  },
  {
    guarantee: "a refund sent in the panel is asked about",
    file: "src/commands/refund-cases/outside-part.ts",
    find: '...(asks ? { reversal_answer: "open" as const } : {}),',
    replace: "",
    noticedBy: [parts],
  },
  {
    guarantee: "a key tells our refund from the panel's",
    file: "src/domain/money-back/refund-parts.ts",
    find: "return key !== null && (key === refundCase.id || key.startsWith(`${refundCase.id}.`));",
    replace: "return refundCase.id === key?.slice(1);",
    noticedBy: [parts],
  },
  {
    guarantee: "a refund that fails after it was done is a person's again",
    file: "src/domain/refund-policy.ts",
    find: '  manual: null,\n  done: "manual",',
    replace: "  manual: null,\n  done: null,",
    noticedBy: [parts],
  },
  {
    guarantee: "the customer's page does not go on saying that a failed refund came back",
    file: own,
    find: '.set({ payment_status: "refunding", updated_at: sql`now()` })',
    replace: ".set({ updated_at: sql`now()` })",
    noticedBy: [parts],
  },
  {
    guarantee: "a request that was surely refused is repeated with another key",
    file: "src/domain/money-back/refund-parts.ts",
    find: "return refusals === 0 ? id : `${id}.${refusals}`;",
    replace: "return refusals < 0 ? `${id}.${refusals}` : id;",
    noticedBy: [parts],
  },
  {
    guarantee: "a refund that waits at the provider for money is not sent a second time",
    file: "src/domain/money-back/refund-parts.ts",
    find: '  short_of_balance: "wait",\n  done: "finish",',
    replace: '  short_of_balance: "send",\n  done: "finish",',
    noticedBy: [parts],
  },
  {
    guarantee: "a person's refund in the panel ends the case whose steps they followed",
    file: record,
    find: "one.amount_minor === part.amountMinor &&",
    replace: "one.amount_minor < part.amountMinor &&",
    noticedBy: [parts],
  },
  {
    guarantee: "a dispute blocks our refund only where the provider says so",
    file: "src/domain/money-back/refund-parts.ts",
    find: 'return disputes.some((dispute) => !dispute.isRefundable && dispute.state !== "won");',
    replace: 'return disputes.some((dispute) => dispute.kind === "inquiry");',
    noticedBy: [disputes],
  },
  {
    guarantee: "a dispute's fee is a line of its own",
    file: lines,
    find: "where fee <> 0 and ${inSpan(sql`at`)}",
    replace: "where fee < 0 and ${inSpan(sql`at`)}",
    noticedBy: [disputes],
  },
  {
    guarantee: "a dispute of a part takes that part, and not the whole",
    file: lines,
    find: "when h.is_itemized or h.kind not in ('payment.reversed', 'payment.restored') then null",
    replace: "when h.kind not in ('payment.reversed', 'payment.restored') then null",
    noticedBy: [disputes],
  },
  {
    guarantee: "the evidence says which terms were accepted",
    file: "src/ui/documents/evidence-pdf.ts",
    find: "    text: terms.text,",
    replace: "    text: null,",
    noticedBy: [evidence],
  },
  {
    guarantee: "only whoever may send money back takes the evidence",
    file: "src/contracts/operations/ledger/disputes.ts",
    find: '    permission: "bookings.change",\n    id: "getDisputeEvidence",',
    replace: '    permission: "bookings.read",\n    id: "getDisputeEvidence",',
    noticedBy: [evidence],
  },
  {
    guarantee: "a withdrawal is due when the law says",
    file: "src/domain/refund-policy.ts",
    find: 'return reason === "withdrawal" ? (legal?.days ?? dueDays) : dueDays;',
    replace: 'return reason === "unmatched" ? (legal?.days ?? dueDays) : dueDays;',
    noticedBy: [evidence],
  },
];
