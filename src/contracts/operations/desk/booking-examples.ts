import type { Deliveries, DeskBooking, Timeline } from "#contracts/desk/booking.ts";
import { bookingStateExample } from "../examples.ts";

const { id, start, end, priceMinor, currency, timezone, link } = bookingStateExample;
const bookedAt = "2026-11-21T15:01:12.000Z";
const paidAt = "2026-11-21T15:03:27.000Z";
const laura = { kind: "member", id: "0199c0de-0000-7000-8000-00000000000d", name: "Laura Restrepo" };

export const deskBookingExample: DeskBooking = {
  id,
  reference: "kf-4Zt7qW1m",
  status: "confirmed",
  paymentStatus: "paid",
  createdAt: bookedAt,
  start,
  end,
  timezone,
  customerTimezone: "America/New_York",
  country: "CO",
  holdEndsAt: "2026-11-21T15:11:12.000Z",
  service: { id: bookingStateExample.service.id, name: bookingStateExample.service.name, online: true },
  professional: { id: bookingStateExample.professional.id, name: bookingStateExample.professional.name },
  customer: { name: bookingStateExample.customerName, email: bookingStateExample.customerEmail, phone: "+573001234567", locale: "es" },
  customerId: "0199c0de-0000-7000-8000-000000000041",
  place: null,
  roomUrl: "https://aurora.daily.co/bk-1x2y3z",
  attendance: null,
  attendedAt: null,
  money: {
    currency,
    priceMinor,
    chargeType: "total",
    amountMinor: priceMinor,
    paidMinor: priceMinor,
    sentBackMinor: 0,
    underWayMinor: 0,
    leftMinor: priceMinor,
    byTermsMinor: priceMinor / 2,
    restMinor: 0,
  },
  byHand: false,
  imported: false,
  paymentLink: null,
  rest: null,
  cancellation: { steps: [{ hoursBefore: 24, percentBack: 50 }], feeMinor: 0 },
  backUntil: [{ until: "2026-11-22T13:00:00.000Z", percentBack: 50, backMinor: priceMinor / 2 }],
  answers: [{ question: "¿Es tu primera visita?", kind: "yes_no", answer: "yes" }],
  link: { id: "01900000-0000-7000-8000-000000000002", publicId: link, name: "Página web" },
  campaign: { utm_source: "instagram" },
  notes: [{ id: "0199c0de-0000-7000-8000-000000000021", text: "Prefiere la tarde.", at: paidAt, actor: laura }],
  payments: [
    {
      id: "0199c0de-0000-7000-8000-000000000022",
      provider: "wompi",
      reference: "kf-4Zt7qW1m",
      status: "approved",
      amountMinor: priceMinor,
      currency,
      createdAt: bookedAt,
      onSite: null,
      charges: [
        {
          id: "0199c0de-0000-7000-8000-000000000023",
          providerChargeId: "1292-1602113476-10985",
          status: "approved",
          providerStatus: "APPROVED",
          amountMinor: priceMinor,
          tipMinor: 0,
          currency,
          method: "CARD",
          approvedAt: paidAt,
          createdAt: paidAt,
          isWhatPaid: true,
        },
      ],
    },
  ],
  refundCases: [],
  outsideRefunds: [],
  disputes: [],
  disputeBlocks: [],
  withdrawal: { boughtOn: "2026-11-21", today: "2026-11-21", until: "2026-11-27" },
  reversalAnswer: null,
  may: {
    cancel: true,
    refund: true,
    answerReversal: false,
    attend: false,
    note: true,
    resendMail: true,
    takeOnSite: false,
    askForRest: false,
    refundRest: false,
    enterRoom: true,
    seeDeliveries: true,
    changeDeliveries: true,
  },
  attendanceRefusal: "attendance_too_early",
};

export const timelineExample: Timeline = {
  events: [
    {
      id: "0199c0de-0000-7000-8000-000000000024",
      at: paidAt,
      action: "booking_paid",
      kind: "booking.paid",
      actor: { kind: "provider", id: null, name: null },
      details: { amountMinor: priceMinor },
    },
  ],
};

export const deliveriesExample: Deliveries = {
  followUps: [
    {
      id: "0199c0de-0000-7000-8000-000000000025",
      job: "deliver-callback",
      event: "booking.paid",
      state: "attention",
      attempts: 14,
      lastError: "the merchant's server answered 500",
      nextAt: null,
      doneAt: null,
      mayRunAgain: true,
      callback: {
        sequence: 1,
        body: '{"evento":"booking.paid","secuencia":1}',
        attempts: [
          {
            at: "2026-11-24T15:03:29.000Z",
            url: "https://clinica-aurora.example/pagos",
            status: 500,
            error: null,
            durationMs: 812,
            answer: "Internal Server Error",
          },
        ],
      },
    },
  ],
};

export const hostLinkExample = { url: "https://aurora.daily.co/bk-1x2y3z?t=eyJhbGciOi" };
