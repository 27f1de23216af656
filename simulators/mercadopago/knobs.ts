import { z } from "zod";
import { apiShapes, changedKnobs, goodApi, whole } from "../knob-shapes.ts";

const seconds = whole(0, 60 * 86_400);
const money = z.coerce.number().min(0).max(1e12);

/** The bad habits of the simulated Mercado Pago, per account or payment (simulators/README.md). */
const knobsSchema = z.object({
  notice: z.enum(["before", "after", "never"]),
  noticeCopies: whole(1, 20),
  noticeDelaySeconds: seconds,
  noticeAgainSeconds: seconds,
  noticeOrder: z.enum(["usual", "updated_first"]),
  noticeUrl: z.string(),
  signature: z.enum(["right", "wrong", "none"]),
  lateApprovalSeconds: seconds,
  cancelRace: z.enum(["off", "on"]),
  refundConflicts: whole(0, 100),
  refundState: z.enum(["approved", "in_process"]),
  balance: z.enum(["enough", "short"]),
  amount: money,
  currency: z.string(),
  approvals: whole(1, 2),
  unknownStatus: z.string(),
  expiredApprovals: z.enum(["refused", "allowed"]),
  ...apiShapes,
  apiFailsAfter: z.enum(["off", "on"]),
  apiLag: whole(0, 1000),
  searchLag: whole(0, 1000),
  apiBadRows: whole(0, 100),
  apiPageRows: whole(1, 1000),
});

export const someKnobsSchema = knobsSchema.partial();

type Optional = "noticeUrl" | "amount" | "currency" | "unknownStatus";
type AllKnobs = z.output<typeof knobsSchema>;
export type Knobs = Omit<AllKnobs, Optional> & Partial<Pick<AllKnobs, Optional>>;
export type SomeKnobs = z.output<typeof someKnobsSchema>;

export const defaultKnobs: Knobs = {
  notice: "before",
  noticeCopies: 1,
  noticeDelaySeconds: 0,
  noticeAgainSeconds: 0,
  noticeOrder: "usual",
  signature: "right",
  lateApprovalSeconds: 0,
  cancelRace: "off",
  refundConflicts: 0,
  refundState: "approved",
  balance: "enough",
  approvals: 1,
  expiredApprovals: "refused",
  ...goodApi,
  apiFailsAfter: "off",
  apiLag: 0,
  searchLag: 0,
  apiBadRows: 0,
  apiPageRows: 1000,
};

export const withKnobs = (knobs: Knobs, changes: SomeKnobs): Knobs => changedKnobs(knobs, changes);

/** These are the account's, so they stay set when they are given with a payment. */
export function apiKnobsOf(changes: SomeKnobs): SomeKnobs {
  const { apiStatus, apiFailures, apiFailsAfter, apiDelayMs, apiBadRows, apiPageRows, cancelRace, refundConflicts, balance } = changes;
  return { apiStatus, apiFailures, apiFailsAfter, apiDelayMs, apiBadRows, apiPageRows, cancelRace, refundConflicts, balance };
}
