import { z } from "zod";

/** What a customer must show to pay, beside the booking's own details. */
export const askedOfCustomer = ["document"] as const;
const asksFor = z.array(z.enum(askedOfCustomer));

const label = z.string().nullable().describe("The merchant's name for it. Set only where two of one provider are offered.");

/** An account at a provider, as a customer may choose it for one sum. */
export const paymentOffer = z.object({
  /** Sent as `connection`. */
  connection: z.uuid(),
  /** Its name and words are in the message catalogues, by this id. */
  provider: z.string(),
  label,
  isTest: z.boolean().describe("In test mode: what is paid is no real money."),
  asksFor,
  /** Of the currency that is due, in minor units. */
  minMinor: z.int(),
  maxMinor: z.int().nullable(),
  currency: z.string(),
});
export type PaymentOffer = z.infer<typeof paymentOffer>;

/** The same for a program, before it knows the sum. */
export const offeredConnection = paymentOffer.pick({ connection: true, provider: true, label: true, isTest: true, asksFor: true }).extend({
  amounts: z.array(z.object({ currency: z.string(), minMinor: z.int(), maxMinor: z.int().nullable(), stepMinor: z.int() })),
  minutesMin: z.int().min(0).describe("It is offered only while at least so many minutes are left to pay. 0: always."),
});
export type OfferedConnectionAnswer = z.infer<typeof offeredConnection>;
