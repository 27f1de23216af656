import type { Customer, ListedCustomer, MergePreview } from "#contracts/customers/customers.ts";
import type { CustomersImportAnswer } from "#contracts/customers/import.ts";
import type { PersonalExport } from "#contracts/customers/personal-export.ts";
import { deskBookingExample } from "../desk/booking-examples.ts";
import { orderStateExample } from "../shop/examples.ts";

const id = "0199c0de-0000-7000-8000-000000000041";
const since = "2026-11-21T15:01:12.000Z";
const { customer, service, professional, start, end } = deskBookingExample;
const { name, email, phone, locale } = customer;
const { priceMinor, currency } = deskBookingExample.money;

export const customerRowExample: ListedCustomer = {
  ...{ id, name, email, phone, since },
  bookings: 1,
  noShows: 0,
  lastAt: null,
  nextAt: start,
  isBlocked: false,
  paysInFull: false,
};

export const customerExample: Customer = {
  ...{ id, name, email, phone, since, locale },
  version: 1,
  timezone: deskBookingExample.timezone,
  country: deskBookingExample.country,
  contacts: [{ kind: "email", value: "ana.perez@example.com" }],
  blocked: null,
  fullPayment: { at: since, reason: "No llegó dos veces." },
  bookingsCount: 1,
  cancelledCount: 0,
  noShows: 0,
  money: [{ currency, paidMinor: priceMinor, sentBackMinor: 0, underWayMinor: 0, spentMinor: priceMinor }],
  refundCases: [],
  bookings: [
    {
      id: deskBookingExample.id,
      startsAt: start,
      service: service.name,
      professional: professional.name,
      status: "confirmed",
      paymentStatus: "paid",
      attendance: null,
      priceMinor,
      currency,
    },
  ],
  notes: deskBookingExample.notes,
  merged: [],
  doubles: [
    {
      id: "0199c0de-0000-7000-8000-000000000042",
      name: "Ana Perez",
      email: null,
      phone: "+573001234567",
      since,
      why: ["same_phone", "same_name"],
    },
  ],
  eraseRefusal: "customer_has_bookings",
  mayChange: true,
};

const merging = { ...{ id, name, email, phone, since }, bookings: 1, notes: 1, isBlocked: false, paysInFull: true };
export const mergeExample: MergePreview = {
  kept: merging,
  gone: { ...merging, id: "0199c0de-0000-7000-8000-000000000042", name: "Ana Perez", email: null, notes: 0, paysInFull: false },
  after: { ...merging, bookings: 2 },
};

export const customersImportExample: CustomersImportAnswer = {
  rows: [{ line: 2, name, email, phone, fate: "new" }],
  counts: { new: 1, known: 0, twice: 0 },
  problems: [],
  problemsCount: 0,
  created: 0,
};

export const personalExportExample: PersonalExport = {
  merchant: { name: "Clínica Aurora", controller: "Clínica Aurora S.A.S." },
  madeAt: since,
  customer: { ...{ id, name, email, phone, since, locale }, contacts: [], blocked: null, fullPayment: null },
  notes: [],
  bookings: [
    {
      ...{ id: deskBookingExample.id, createdAt: since, start, end, name, email, phone: phone ?? "", locale },
      service: service.name,
      professional: professional.name,
      status: "confirmed",
      attendance: null,
      timezone: deskBookingExample.customerTimezone,
      acceptedTermsAt: since,
      campaign: deskBookingExample.campaign,
      answers: [{ question: "¿Es tu primera visita?", answer: "yes" }],
      notes: [{ at: since, text: "Prefiere la tarde." }],
      payments: [{ reference: "kf-4Zt7qW1m", provider: "wompi", status: "approved", amountMinor: priceMinor, currency, createdAt: since }],
      refunds: [],
      events: [{ at: since, kind: "booking.created" }],
    },
  ],
  orders: [
    {
      ...{ id: orderStateExample.id, createdAt: since, number: 1042, status: "confirmed", name, email, phone: phone ?? "", locale },
      userId: null,
      address: orderStateExample.address,
      note: null,
      campaign: null,
      acceptedTermsAt: since,
      totalMinor: orderStateExample.totalMinor,
      currency,
      lines: [{ title: "Banda elástica", variantTitle: "Suave", quantity: 2, totalMinor: 8_100_000 }],
      notes: [],
      payments: [],
      refunds: [],
      events: [{ at: since, kind: "order.created" }],
    },
  ],
};
