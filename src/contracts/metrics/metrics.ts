import { z } from "zod";
import { devices } from "#domain/metrics/devices.ts";
import { funnelSteps } from "#domain/metrics/funnel.ts";
import { calendarDate } from "../dates.ts";
import { campaignWordLengthMax } from "../links/campaign.ts";
import { dimensions } from "./steps.ts";

const id = z.uuid();
const word = z.string().min(1).max(campaignWordLengthMax);
const count = z.int().min(0);
const minor = z.int().min(0);
const milliseconds = z.number().min(0);

export const metricsQuery = z.object({
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  by: z.enum(dimensions).optional(),
  link: id.optional(),
  service: id.optional(),
  professional: id.optional(),
  provider: z.string().min(1).max(32).optional(),
  device: z.enum(devices).optional(),
  source: word.optional(),
  campaign: word.optional(),
});
export type MetricsQuery = z.infer<typeof metricsQuery>;

/** Money of one currency, of real payments or of those in test mode. */
const moneySum = z.object({
  currency: z.string(),
  isTest: z.boolean(),
  payments: count,
  /** Approved charges that paid a booking; in `shop`, an order. */
  revenueMinor: minor,
  /** Refund cases that ended, of those charges. */
  refundedMinor: minor,
  /** Refund cases that ended, of charges that paid nothing here: they are in no revenue. */
  otherRefundsMinor: minor,
});
export type MoneySum = z.infer<typeof moneySum>;

const metricsRow = z.object({
  /** An id, a word, or a day. Empty: the visit or booking has none. */
  key: z.string(),
  /** As people call it. Null if the key itself says it, or the row is gone. */
  name: z.string().nullable(),
  visits: z.object(Object.fromEntries(funnelSteps.map((step) => [step, count])) as Record<(typeof funnelSteps)[number], typeof count>),
  /** Null where money cannot be told apart: by device. */
  money: z.array(moneySum).nullable(),
});
export type MetricsRow = z.infer<typeof metricsRow>;

export const metrics = z.object({
  from: z.string(),
  to: z.string(),
  timezone: z.string(),
  funnel: z.array(
    z.object({
      step: z.enum(funnelSteps),
      visits: count,
      ofAll: z.number().min(0).max(1).nullable(),
      ofPrevious: z.number().min(0).max(1).nullable(),
      lost: count,
      medianSeconds: z.number().min(0).nullable(),
    }),
  ),
  /** Null with a filter that a hold does not know: it has a service and a professional. */
  lapsedHolds: count.nullable(),
  money: z.array(moneySum).nullable(),
  /** Null without a shop, and with a filter. The rest of the figures is of bookings. */
  shop: z
    .object({
      /** Purchases that reached a payment in the range. */
      begun: count,
      /** Of these, those that are orders now. */
      paid: count,
      conversion: z.number().min(0).max(1).nullable(),
      money: z.array(moneySum),
    })
    .nullable(),
  webhooks: z.array(
    z.object({
      provider: z.string(),
      settled: count,
      /** From the webhook's arrival here to its settling. */
      p50Ms: milliseconds,
      p95Ms: milliseconds,
      /** From the provider's time of the approval to the arrival. Null if it does not say. */
      arrivalP50Ms: milliseconds.nullable(),
      arrivalP95Ms: milliseconds.nullable(),
    }),
  ),
  oauthFailures: count,
  by: z.enum(dimensions),
  rows: z.array(metricsRow),
});
export type Metrics = z.infer<typeof metrics>;
