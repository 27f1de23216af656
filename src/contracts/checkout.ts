import { z } from "zod";
import { checkoutPaymentStatuses, checkoutStatuses } from "#domain/checkout-states.ts";
import { declineReasons } from "#domain/choice/decline-reasons.ts";
import { chargeTypes } from "#domain/money.ts";
import { refundReasons, refundStates } from "#domain/refund-policy.ts";
import { answerLengthMax } from "./answers.ts";
import { offeredConnection } from "./choice/payment-offer.ts";
import { givenLengthMax, readEmail, readName } from "./contact.ts";
import { calendarDate } from "./dates.ts";
import { campaignNames, campaignWordLengthMax } from "./links/campaign.ts";
import { offerSeen } from "./offer.ts";
import { cancellation, question, translations } from "./service-terms.ts";
import { isTimezone } from "./time-zone.ts";

/** A link's public id, or a signed link (platform/link-tokens.ts). */
const linkLengthMax = 2048;
export const linkWord = z.string().min(1).max(linkLengthMax);

/** ISO 8601 in UTC with milliseconds, `2026-11-23T13:00:00.000Z`. */
const instant = z.iso.datetime({ offset: true });
const id = z.uuid();
/** Integer minor units of the ISO 4217 currency beside it: cents of EUR, whole pesos of CLP. */
const amountMinor = z.int().min(0);

const checkoutStatus = z.enum(checkoutStatuses);
const checkoutPaymentStatus = z.enum(checkoutPaymentStatuses);

/** Where a service takes place, and how to reach the merchant there. */
export const place = z.object({
  name: z.string(),
  address: z.string(),
  directions: z.string(),
  mapUrl: z.string().nullable(),
  /** E.164, with `;ext=12` behind it where there is an extension. */
  phone: z.string().nullable(),
  whatsapp: z.string().nullable(),
  email: z.string().nullable(),
});
export type Place = z.infer<typeof place>;

export const bookingOptions = z.object({
  tenant: z.object({
    name: z.string(),
    logoUrl: z.string().nullable(),
    primaryColor: z.string(),
    secondaryColor: z.string(),
    timezone: z.string(),
    locale: z.string(),
    country: z.string(),
  }),
  services: z.array(
    z.object({
      id,
      name: z.string(),
      description: z.string(),
      imageUrl: z.string().nullable(),
      durationMinutes: z.int(),
      /** How many days ahead it may be booked. */
      horizonDays: z.int(),
      priceMinor: amountMinor,
      currency: z.string(),
      /** `on_site`: nothing is due now, and the price is paid at the place. */
      chargeType: z.enum(chargeTypes),
      amountDueMinor: amountMinor,
      capacityPolicy: z.enum(["hold", "first_payer_wins"]),
      online: z.boolean(),
      /** One of `locations`. Null if the merchant has none. */
      locationId: id.nullable(),
      /** What comes back after a cancellation. Null if the merchant has not said. */
      cancellation: cancellation.nullable(),
      /** To be answered with the booking. */
      questions: z.array(question),
      /** In other languages than the merchant's. */
      translations,
    }),
  ),
  locations: z.array(place.extend({ id })),
  professionals: z.array(
    z.object({ id, name: z.string(), description: z.string(), photoUrl: z.string().nullable(), serviceIds: z.array(id) }),
  ),
  preselected: z.object({ serviceId: id.nullable(), professionalId: id.nullable() }),
  /** Of a signed link: what the form begins with. The customer may change it. */
  prefill: z.object({ name: z.string().optional(), email: z.string().optional(), phone: z.string().optional() }),
  /** Of a signed link: what the merchant says about the price. */
  note: z.string().nullable(),
  /** Of `connections`, each once. Their names are in the message catalogues, under `providers`. */
  providers: z.array(z.object({ id: z.string() })),
});
export type BookingOptions = z.infer<typeof bookingOptions>;
/** As programs get it: with the accounts to pay with, in the merchant's order. */
export const bookingOptionsAnswer = bookingOptions.extend({ connections: z.array(offeredConnection) });
export type BookingOptionsAnswer = z.infer<typeof bookingOptionsAnswer>;

/** A date in the tenant's zone. */
const localDate = calendarDate;
export const availabilityDaysMax = 62;
/** The number of dates if `to` is missing, as many as the booking page shows. */
export const availabilityDaysDefault = 14;
/** Without a link, the professional's id tells the tenant. */
export const availabilityQuery = z.object({
  link: z.string().max(linkLengthMax).optional(),
  service: id,
  professional: id,
  from: localDate.optional(),
  to: localDate.optional(),
});
export const availability = z.object({
  timezone: z.string(),
  slots: z.array(z.object({ start: instant, end: instant, state: z.enum(["free", "held"]) })),
});
export type Availability = z.infer<typeof availability>;

/** Without it, nothing is compared: what holds when the slot is taken is what is asked for. */
const seen = offerSeen.optional();
export const holdRequest = z.strictObject({
  link: linkWord,
  serviceId: id,
  professionalId: id,
  start: instant,
  seen,
});
export type HoldRequest = z.infer<typeof holdRequest>;
export const holdAnswer = z.object({
  id,
  start: instant,
  end: instant,
  expiresAt: instant,
  /** Only for a program: a browser has a cookie that no script can read. */
  session: z.string().optional(),
});
export type HoldAnswer = z.infer<typeof holdAnswer>;

/** Takes what contact.ts makes of it, and refuses what contact.ts cannot read. */
function tidied(read: (given: string) => string | null, message: string) {
  return z
    .string()
    .max(givenLengthMax)
    .transform((given, context) => {
      const value = read(given);
      if (value === null) context.addIssue({ code: "custom", message });
      return value ?? z.NEVER;
    });
}
export const mailAddress = tidied((given) => readEmail(given)?.address ?? null, "must be one mail address such as ana@example.com");

export const customer = z.strictObject({
  name: tidied(readName, "2 to 100 characters with a letter or digit; no line break, angle bracket or start of a formula"),
  email: mailAddress,
  /** Checked against the tenant's country and stored as E.164. */
  phone: z.string().trim().min(5).max(givenLengthMax),
});

/** What an address tells about where the customer came from, as its parameters are named. */
const campaignWord = z
  .string()
  .trim()
  .min(1)
  .max(campaignWordLengthMax)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u);
export const campaign = z.strictObject(
  Object.fromEntries(campaignNames.map((name) => [name, campaignWord.optional()])) as Record<
    (typeof campaignNames)[number],
    z.ZodOptional<typeof campaignWord>
  >,
);

/** Kept nowhere: neither with the booking nor with its idempotency key. */
const customerDocument = z
  .strictObject({ type: z.string().trim().min(1).max(16), number: z.string().trim().min(1).max(32) })
  .describe("Only for a provider that asks for it, in its own words (such as CC). It is passed on and never stored.");

const bookingRequestShared = {
  link: linkWord,
  customer,
  acceptedTerms: z.literal(true),
  provider: z
    .string()
    .min(1)
    .max(32)
    .optional()
    .describe("Where to pay. Without `connection`, the merchant's first account there that fits."),
  connection: id
    .optional()
    .describe(
      "With which account to pay: one of `connections` of the link's options. One of the two is required unless the amount due is 0.",
    ),
  document: customerDocument.optional(),
  locale: z.enum(["es", "en", "fr", "pt"]).optional(),
  timezone: z
    .string()
    .max(64)
    .transform((zone) => (isTimezone(zone) ? zone : undefined))
    .optional()
    .describe("Of the customer's clock. A zone that is unknown here is left out."),
  campaign: campaign.optional().describe("Kept with the booking, and told to the merchant's server."),
  /** By the question's id. An answer to what is no longer asked is left out. */
  answers: z.record(z.uuid(), z.union([z.string().max(answerLengthMax), z.boolean()])).optional(),
  seen,
};
/** With a hold, or (policy first_payer_wins) with the slot itself. */
export const bookingRequest = z.union([
  z.strictObject({ ...bookingRequestShared, holdId: id }),
  z.strictObject({ ...bookingRequestShared, serviceId: id, professionalId: id, start: instant }),
]);
export type BookingRequest = z.infer<typeof bookingRequest>;

export const checkoutAnswer = z.object({
  id,
  token: z.string(),
  status: checkoutStatus,
  paymentStatus: checkoutPaymentStatus,
  amountMinor,
  currency: z.string(),
  reference: z.string(),
  checkoutUrl: z.url(),
  expiresAt: instant,
});
export type CheckoutAnswer = z.infer<typeof checkoutAnswer>;

export const paymentRequest = z
  .strictObject({
    provider: z.string().min(1).max(32).optional().describe("Where to pay, as in POST /api/bookings."),
    connection: id.optional().describe("With which account to pay. One of the two is required."),
    document: customerDocument.optional(),
    acceptedTerms: z
      .literal(true)
      .optional()
      .describe("Required for the first payment of a booking that the merchant has made (`mustAcceptTerms`)."),
  })
  .refine(({ provider, connection }) => provider !== undefined || connection !== undefined, {
    path: ["provider"],
    message: "a provider or a connection is required",
  });

/** What the customer was told comes back, in minor units. Anything else is refused. */
export const ownCancellation = z.strictObject({ backMinor: amountMinor });
/** `from`: where the customer saw the booking. */
export const ownMove = z.strictObject({ start: instant, from: instant });

export const bookingState = z.object({
  id,
  status: checkoutStatus,
  paymentStatus: checkoutPaymentStatus,
  start: instant,
  end: instant,
  service: z.object({
    id,
    /** In the booking's language if the merchant has translated it. */
    name: z.string(),
    nameLanguage: z.string(),
    durationMinutes: z.int(),
    online: z.boolean(),
  }),
  professional: z.object({ id, name: z.string(), photoUrl: z.string().nullable() }),
  meetingUrl: z.string().nullable(),
  /** Where it is now, unless it is online; its contact holds for both. */
  place: place.nullable(),
  /** The merchant's page, with `status=ok&ref=`. Null until paid, and if the merchant has none. */
  returnUrl: z.string().nullable(),
  /** Until the page takes a confirmed customer there. With 0, only the button does. */
  returnSeconds: z.int().min(0).max(30),
  /** The end of the countdown. */
  expiresAt: instant,
  amountMinor,
  priceMinor: amountMinor,
  currency: z.string(),
  /** As it was shown before paying. */
  cancellation: cancellation.nullable(),
  timezone: z.string(),
  customerName: z.string(),
  customerEmail: z.string(),
  link: z.string(),
  /** Set if money must go back, or went back. Of several, one that is still under way. */
  refund: z
    .object({
      reason: z.enum(refundReasons),
      state: z.enum(refundStates),
      /** What goes back: not always what the booking costs. */
      amountMinor,
      currency: z.string(),
      /** What a customer says on the telephone. It opens nothing. */
      number: z.string(),
    })
    .nullable(),
  /** With `first_payer_wins` nothing is kept for an unpaid booking. */
  capacityPolicy: z.enum(["hold", "first_payer_wins"]),
  /** Unpaid, and somebody else has the slot now: what is paid all the same goes back. */
  isSlotGone: z.boolean(),
  /**
   * The end is over, and the provider has not told whether money was paid: it was not asked since,
   * did not answer, or a bank still decides. With `pending` the slot waits for the answer. With any
   * other status the slot is free, and money that comes after all books it late or goes back.
   */
  isAwaitingAnswer: z.boolean(),
  /** Why the last try was declined. Null if none was, or if the provider does not say. */
  declineReason: z.enum(declineReasons).nullable(),
  /**
   * Unpaid, and taken for this booking until then at the latest. An answer from after the end
   * frees the slot sooner, "pending" too; a stored approval keeps it longer. Else null.
   */
  slotKeptUntil: instant.nullable(),
  /** The merchant made it and asks for the money: the first payment accepts the terms. */
  mustAcceptTerms: z.boolean(),
  /** The merchant made it, and no payment is under way: the customer may pay now. */
  isAsked: z.boolean(),
  /**
   * What a deposit has left of the price. `asked`: the customer may pay it on this page, by POST
   * /api/bookings/{id}/payments. Null if nothing is left.
   */
  rest: z.object({ amountMinor, state: z.enum(["open", "asked", "paying", "paid"]), mustAcceptTerms: z.boolean() }).nullable(),
  /**
   * Until when the customer may cancel or move it by themselves. It is null if they may not, or
   * must ask the merchant.
   */
  ownChanges: z.object({ cancelUntil: instant.nullable(), moveUntil: instant.nullable() }),
});
export type BookingState = z.infer<typeof bookingState>;
