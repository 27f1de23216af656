import { z } from "zod";
import { address } from "../shop/order-session.ts";
import { customer } from "./customers.ts";

const instant = z.iso.datetime();

const money = {
  payments: z.array(
    z.object({
      reference: z.string(),
      provider: z.string(),
      status: z.string(),
      amountMinor: z.int(),
      currency: z.string(),
      createdAt: instant,
    }),
  ),
  refunds: z.array(z.object({ reason: z.string(), state: z.string(), amountMinor: z.int(), currency: z.string(), createdAt: instant })),
  events: z.array(z.object({ at: instant, kind: z.string() })),
};

/** All that is kept of one person (GDPR art. 15 and 20, Ley 1581 art. 8). */
export const personalExport = z.object({
  merchant: z.object({ name: z.string(), controller: z.string().nullable() }),
  madeAt: instant,
  customer: customer.pick({
    id: true,
    name: true,
    email: true,
    phone: true,
    locale: true,
    since: true,
    contacts: true,
    blocked: true,
    fullPayment: true,
  }),
  notes: z.array(z.object({ at: instant, text: z.string() })),
  bookings: z.array(
    z.object({
      id: z.uuid(),
      createdAt: instant,
      start: instant,
      end: instant,
      service: z.string(),
      professional: z.string(),
      status: z.string(),
      attendance: z.string().nullable(),
      name: z.string(),
      email: z.string(),
      phone: z.string(),
      locale: z.string(),
      timezone: z.string().nullable(),
      acceptedTermsAt: instant.nullable(),
      campaign: z.record(z.string(), z.string()).nullable(),
      /** Personal ones too. */
      answers: z.array(z.object({ question: z.string(), answer: z.string() })),
      notes: z.array(z.object({ at: instant, text: z.string() })),
      ...money,
    }),
  ),
  /** Purchases in the shop, unpaid ones too. */
  orders: z.array(
    z.object({
      id: z.uuid(),
      createdAt: instant,
      /** Null until it was paid. */
      number: z.int().nullable(),
      status: z.string(),
      name: z.string(),
      email: z.string(),
      phone: z.string(),
      locale: z.string(),
      userId: z.string().nullable(),
      address: address.nullable(),
      note: z.string().nullable(),
      campaign: z.record(z.string(), z.string()).nullable(),
      acceptedTermsAt: instant.nullable(),
      totalMinor: z.int(),
      currency: z.string(),
      lines: z.array(z.object({ title: z.string(), variantTitle: z.string(), quantity: z.int(), totalMinor: z.int() })),
      notes: z.array(z.object({ at: instant, text: z.string() })),
      ...money,
    }),
  ),
});
export type PersonalExport = z.infer<typeof personalExport>;
