import { z } from "zod";
import { attendances, checkoutPaymentStatuses, checkoutStatuses } from "#domain/checkout-states.ts";
import { campaign } from "../checkout.ts";
import { calendarDate } from "../dates.ts";
import { bookingOrders, bookingSearchLengthMax, bookingsPerPageMax } from "./booking-limits.ts";

export const bookingFilters = z.object({
  status: z.enum(checkoutStatuses).optional(),
  service: z.uuid().optional(),
  professional: z.uuid().optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  search: z.string().trim().max(bookingSearchLengthMax).optional(),
  order: z.enum(bookingOrders).optional(),
});
export type BookingFilters = z.infer<typeof bookingFilters>;

export const bookingsQuery = bookingFilters.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(bookingsPerPageMax).optional(),
});

const amountMinor = z.int().min(0);
const named = z.object({ id: z.uuid(), name: z.string() });

export const bookingRow = z.object({
  id: z.uuid(),
  /** Of the payment that paid it, else of the last one. Is null if no payment was opened. */
  reference: z.string().nullable(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  service: named,
  professional: named,
  /** The phone number is E.164. It is null for staff who may not see phone numbers. */
  customer: z.object({ name: z.string(), email: z.string(), phone: z.string().nullable() }),
  status: z.enum(checkoutStatuses),
  paymentStatus: z.enum(checkoutPaymentStatuses),
  /** Whether the customer came. Is null until somebody says so. */
  attendance: z.enum(attendances).nullable(),
  /** The price, in integer minor units of the currency. */
  amountMinor,
  /** What was charged online: the price or its deposit. Is null until it is paid. */
  chargedMinor: amountMinor.nullable(),
  /** What is still to be paid on arrival. */
  openMinor: amountMinor,
  currency: z.string(),
  /** With whose keys it was paid. Is null where no provider was asked. */
  mode: z.enum(["test", "production"]).nullable(),
  link: named,
  campaign: campaign.nullable(),
  createdAt: z.iso.datetime(),
});
export type BookingRow = z.infer<typeof bookingRow>;

export const bookingsPage = z.object({ bookings: z.array(bookingRow), nextCursor: z.string().nullable() });
export type BookingsPage = z.infer<typeof bookingsPage>;
