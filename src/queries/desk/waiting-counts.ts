import type { RefundCaseListed } from "#contracts/desk/money.ts";
import { merchantAttention } from "./merchant-attention.ts";
import { listRefundCases } from "./refund-cases.ts";

export type WaitingCounts = {
  refunds: { count: number; late: number; nextDueAt: string | null };
  followUps: number;
  neither: number;
  /** Everything else that the page of the money explains. */
  others: number;
};

/** The first of them say which deadline is the next. */
const looked = 25;

/** How much waits for a person, as the page of the money lists it. At most 100 of each kind. */
export async function loadWaitingCounts(tenantId: string): Promise<WaitingCounts> {
  const [{ items, neither }, { refundCases }] = await Promise.all([
    merchantAttention(tenantId),
    listRefundCases({ tenantId, view: "waiting", limit: looked }),
  ]);
  const count = (kind: (typeof items)[number]["kind"]) => items.filter((item) => item.kind === kind).length;
  const [refunds, followUps] = [count("refund_case_manual"), count("follow_up_failed")];
  const waiting = refundCases.filter(({ isByHand, isLate }: RefundCaseListed) => isByHand || isLate);
  return {
    refunds: { count: refunds, late: waiting.filter(({ isLate }) => isLate).length, nextDueAt: waiting[0]?.dueAt ?? null },
    followUps,
    neither: neither.length,
    others: items.length - refunds - followUps,
  };
}
