import type { CrashPoint } from "#platform/crash-points.ts";
import { facts } from "../engine/stories.ts";
import type { ScenarioName } from "./scenarios.ts";

/** Where an older page is closed when another takes its place, nobody pays twice. */
const goesBack = facts.canCloseEarly ? "otherMoneyInSilence" : "paidTwiceInSilence";

/** Which scenario comes by which point. One file of tests for each group, so that they run side by side. */
export const groups = {
  payment: {
    "payment opened, provider not asked": "paid",
    "provider's page known, not recorded": "paid",
    "answer made, not kept for a repeat": "paid",
    "webhook verified, not stored": "paid",
    "webhook stored, not answered": "paid",
  },
  settling: {
    "event read, its charge not asked for": "paid",
    "event taken up, provider not asked": "paidInSilence",
    "provider asked, nothing settled": "paidInSilence",
    "one charge settled, the others not": "twoCharges",
    "charge settled, event not marked": "paid",
    "payment polled, next poll not planned": "paidInSilence",
  },
  // The same walk for a cart. Each point is hit at its first visit.
  orders: {
    "payment opened, provider not asked #1": "ordered",
    "provider's page known, not recorded #1": "ordered",
    "answer made, not kept for a repeat #1": "ordered",
    "webhook stored, not answered #1": "ordered",
    "event read, its charge not asked for #1": "ordered",
    "provider asked, nothing settled #1": "orderedInSilence",
    "charge settled, event not marked #1": "ordered",
    "payment polled, next poll not planned #1": "orderedInSilence",
    "follow-up taken up, nothing done #1": "ordered",
    "follow-up done outside, ledger not written #1": "ordered",
    "ledger written, checkout not confirmed #1": "ordered",
    "callback written, not sent #1": "ordered",
    "callback answered, attempt not recorded #1": "ordered",
  },
  closing: {
    "page to be closed, provider not asked": "leftUnpaid",
    "page closed at the provider, not recorded": "leftUnpaid",
  },
  "follow-ups": {
    "follow-up taken up, nothing done": "paid",
    "follow-up failed, try not recorded": "roomFailsOnce",
    "follow-up done outside, ledger not written": "paid",
    "ledger written, checkout not confirmed": "paid",
    // The last entry of the ledger: the sweep confirms the booking.
    "ledger written, checkout not confirmed #2": "paid",
    "room created, no token yet": "paid",
    "room created, address not recorded": "paid",
    "callback written, not sent": "paid",
    "callback answered, attempt not recorded": "paid",
  },
  refunds: {
    "refund armed, provider not asked": goesBack,
    "refund sent, answer not recorded": goesBack,
    "refund seen at the provider, not recorded": goesBack,
    "unproven charge looked up, not recorded": "unknownCharge",
  },
} satisfies Record<string, Partial<Record<CrashPoint | `${CrashPoint} #${1 | 2}`, ScenarioName>>>;

export type GroupName = keyof typeof groups;
