import { z } from "zod";
import { attendances, checkoutPaymentStatuses, checkoutStatuses } from "#domain/checkout-states.ts";
import { mailAddress } from "../checkout.ts";
import { givenLengthMax, readName, readPhone } from "../contact.ts";
import { deskBooking, deskRefundCase } from "../desk/booking.ts";
import { noteLengthMax } from "../desk/limits.ts";
import {
  customerFilters,
  customerReasonLengthMax,
  customerSearchLengthMax,
  customersPerPageMax,
  doubleReasons,
  eraseRefusals,
} from "./limits.ts";

const id = z.uuid();
const instant = z.iso.datetime();
const minor = z.int().min(0);

export const customersFilters = z.object({
  search: z.string().trim().max(customerSearchLengthMax).optional(),
  only: z.enum(customerFilters).optional(),
});
export type CustomersFilters = z.infer<typeof customersFilters>;
export const customersQuery = customersFilters.extend({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(customersPerPageMax).optional(),
});

/** `email` and `phone` are null where an import had none. The phone number is E.164. */
const person = z.object({ id, name: z.string(), email: z.string().nullable(), phone: z.string().nullable() });

export const customerRow = person.extend({
  since: instant,
  /** Paid ones that were not cancelled. */
  bookings: z.int(),
  noShows: z.int(),
  /** The latest appointment that has begun, and the next one. */
  lastAt: instant.nullable(),
  nextAt: instant.nullable(),
  isBlocked: z.boolean(),
  paysInFull: z.boolean(),
});
export type ListedCustomer = z.infer<typeof customerRow>;
export const customersPage = z.object({ customers: z.array(customerRow), nextCursor: z.string().nullable() });
export type CustomersPage = z.infer<typeof customersPage>;

const restriction = z.object({ at: instant, reason: z.string() });
/** Of one currency. `spentMinor` is what was paid and did not go back. */
const sums = z.object({ currency: z.string(), paidMinor: minor, sentBackMinor: minor, underWayMinor: minor, spentMinor: minor });

const booking = z.object({
  id,
  startsAt: instant,
  service: z.string(),
  professional: z.string(),
  status: z.enum(checkoutStatuses),
  paymentStatus: z.enum(checkoutPaymentStatuses),
  attendance: z.enum(attendances).nullable(),
  priceMinor: minor,
  currency: z.string(),
});

export const customer = person.extend({
  version: z.int(),
  locale: z.string(),
  since: instant,
  timezone: z.string(),
  country: z.string(),
  /** Others than `email` and `phone`, by which they are recognised too; phones as digits. */
  contacts: z.array(z.object({ kind: z.enum(["email", "phone"]), value: z.string() })),
  blocked: restriction.nullable(),
  fullPayment: restriction.nullable(),
  bookingsCount: z.int(),
  cancelledCount: z.int(),
  noShows: z.int(),
  /** Null for who may not see payments; so are refunds. */
  money: z.array(sums).nullable(),
  refundCases: z.array(deskRefundCase.extend({ bookingId: id.nullable() })).nullable(),
  /** The newest 100. */
  bookings: z.array(booking),
  notes: deskBooking.shape.notes,
  /** Doubles that were merged into this customer. */
  merged: z.array(person.extend({ at: instant.nullable(), mayUndo: z.boolean() })),
  /** Who may be the same person. */
  doubles: z.array(person.extend({ since: instant, why: z.array(z.enum(doubleReasons)).min(1) })),
  /** Why nothing can be erased now. Null if it can. */
  eraseRefusal: z.enum(eraseRefusals).nullable(),
  mayChange: z.boolean(),
});
export type Customer = z.infer<typeof customer>;
export type CustomerBooking = z.infer<typeof booking>;
export type CustomerMoney = z.infer<typeof sums>;

const tidied = (read: (given: string) => string | null, message: string) =>
  z
    .string()
    .max(givenLengthMax)
    .refine((given) => read(given) !== null, message);

/** Only what is named changes. An empty text takes an address or a number away. */
export const customerChange = z.strictObject({
  version: z.int().min(1),
  name: tidied(readName, "2 to 100 characters with a letter or digit").optional(),
  email: z.union([z.literal(""), mailAddress]).optional(),
  phone: z.union([z.literal(""), tidied(readPhone, "must look like a phone number")]).optional(),
  locale: z.enum(["es", "en", "fr", "pt"]).optional(),
});
export type CustomerChange = z.infer<typeof customerChange>;

const reason = z.strictObject({ reason: z.string().trim().min(1).max(customerReasonLengthMax) }).nullable();
/** Null lifts it; what is not named stays. */
export const customerRestrictions = z.strictObject({ blocked: reason.optional(), fullPayment: reason.optional() });
export type CustomerRestrictions = z.infer<typeof customerRestrictions>;

export const customerNote = z.strictObject({ text: z.string().trim().min(1).max(noteLengthMax) });

const merging = person.extend({ since: instant, bookings: z.int(), notes: z.int(), isBlocked: z.boolean(), paysInFull: z.boolean() });
export const mergePreview = z.object({ kept: merging, gone: merging, after: merging });
export type MergePreview = z.infer<typeof mergePreview>;

/** `name` as it stands, so that nobody is erased by a slip. */
export const customerErasure = z.strictObject({ name: z.string().max(givenLengthMax) });
export const customerErased = z.object({ bookings: z.int() });
