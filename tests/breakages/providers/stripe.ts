import type { Breakage } from "../breakage.ts";

const folder = "src/providers/payments/stripe";
const contract = "tests/providers/stripe.test.ts";

/** What Stripe alone is trusted with. */
export const stripe: Breakage[] = [
  {
    guarantee: "a session that is complete but unpaid is no approval",
    file: `${folder}/webhook.ts`,
    find: 'return paymentStatus === "paid" ? "approved" : "pending";',
    replace: 'return paymentStatus === "" ? "pending" : "approved";',
    noticedBy: ["tests/unit/stripe/signatures.test.ts"],
  },
  {
    guarantee: "an old delivery of Stripe's proves nothing",
    file: `${folder}/webhook.ts`,
    find: "input.nowMs / 1000 - Number(timestamp) > toleranceSeconds",
    replace: "input.nowMs / 1000 - Number(timestamp) > 1000 * toleranceSeconds",
    noticedBy: ["tests/unit/stripe/signatures.test.ts"],
  },
  {
    guarantee: "an event of live mode is none of a test account",
    file: `${folder}/webhook.ts`,
    find: "event && event.livemode === isLive ? receivedEvent(event) : null",
    replace: "event ? receivedEvent(event) : null",
    noticedBy: ["tests/unit/stripe/signatures.test.ts"],
  },
  {
    guarantee: "Stripe is asked for the right number of krónur",
    file: `${folder}/amounts.ts`,
    find: "{ ISK: 100,",
    replace: "{ ISK: 1,",
    noticedBy: ["tests/unit/stripe/amounts.test.ts"],
  },
  {
    guarantee: "a payment that is begun again has the same page",
    file: `${folder}/session.ts`,
    find: "Math.floor(payment.expiresAt.getTime() / 1000) + secondsAfterOurEnd",
    replace: "Math.floor(Date.now() / 1000) + secondsAfterOurEnd + Math.floor(performance.now())",
    noticedBy: [contract],
    test: "begun again, also at once and a minute later",
  },
  {
    guarantee: "a page whose money may still come is not called closed",
    file: `${folder}/session.ts`,
    find: 'failedIntents.includes(intent?.status ?? "")',
    replace: "intent !== null",
    noticedBy: [contract],
    test: "complete but unpaid is not closed",
  },
  {
    guarantee: "a refund is sent once, however long Stripe keeps its key",
    file: `${folder}/refund.ts`,
    find: "if (ours) return answerOf(ours);",
    replace: "",
    noticedBy: [contract],
    test: "a part goes back, then the rest",
  },
  {
    guarantee: "a dispute takes the money, an inquiry does not",
    file: `${folder}/charge-fact.ts`,
    find: 'disputes.filter(({ kind }) => kind === "dispute")',
    replace: "disputes.filter(({ kind }) => kind.length > 0)",
    noticedBy: [contract],
    test: "a dispute blocks our refund",
  },
  {
    guarantee: "a page whose delayed payment has failed is known to be closed, and its slot is not kept",
    file: "src/providers/payments/stripe/session.ts",
    find: 'status === "expired" || hasFailed ? "closed"',
    replace: 'status === "expired" ? "closed"',
    noticedBy: ["tests/providers/stripe.test.ts"],
  },
];
