import type { Availability, BookingOptions, BookingRequest, BookingState, CheckoutAnswer, HoldAnswer, HoldRequest } from "../checkout.ts";

/** One customer's walk. `tests/http/openapi.test.ts` checks every example against its shape. */
const link = "clinica-demo";
const serviceId = "0199c0de-0000-7000-8000-000000000001";
const professionalId = "0199c0de-0000-7000-8000-000000000002";
const holdId = "0199c0de-0000-7000-8000-000000000003";
const bookingId = "0199c0de-0000-7000-8000-000000000004";
const start = "2026-11-23T13:00:00.000Z";
const end = "2026-11-23T13:45:00.000Z";
const expiresAt = "2026-11-21T15:10:00.000Z";
const customer = { name: "Ana María Pérez", email: "ana@example.com", phone: "+57 300 123 4567" };
const price = { priceMinor: 10_000_000, currency: "COP" };
const service = { id: serviceId, name: "Teleconsulta", durationMinutes: 45, online: true };
const professional = { id: professionalId, name: "Laura Gómez", photoUrl: null };

export const bookingOptionsExample: BookingOptions = {
  tenant: {
    name: "Clínica Demo",
    logoUrl: null,
    primaryColor: "#3B82F6",
    secondaryColor: "#10B981",
    timezone: "America/Bogota",
    locale: "es",
    country: "CO",
  },
  services: [
    {
      ...service,
      ...price,
      description: "Una consulta por video.",
      imageUrl: null,
      chargeType: "total",
      amountDueMinor: 10_000_000,
      capacityPolicy: "hold",
    },
  ],
  professionals: [{ ...professional, description: "Medicina general", serviceIds: [serviceId] }],
  preselected: { serviceId: null, professionalId: null },
  providers: [{ id: "wompi" }],
};

export const availabilityExample: Availability = {
  timezone: "America/Bogota",
  slots: [
    { start, end, state: "free" },
    { start: end, end: "2026-11-23T14:30:00.000Z", state: "held" },
  ],
};

export const holdRequestExample: HoldRequest = { link, serviceId, professionalId, start };
export const holdAnswerExample: HoldAnswer = { id: holdId, start, end, expiresAt, session: "0a1B2c3D4e5F6g7H8i9J0k1L" };

const asked = { link, customer, acceptedTerms: true, provider: "wompi", locale: "es" } as const;
export const bookingRequestExample: BookingRequest = { ...asked, holdId };
export const unheldBookingRequestExample: BookingRequest = { ...asked, serviceId, professionalId, start };

export const bookingAnswerExample: CheckoutAnswer = {
  id: bookingId,
  token: "q7Wm0s3vYp1Zc5Xb8Nd2Lf4Kj6Hg9TrE",
  status: "pending",
  paymentStatus: "pending",
  amountMinor: 10_000_000,
  currency: "COP",
  reference: "KF-7M2Q9X4C1V8B3N6Z5D0FHE",
  checkoutUrl: "https://checkout.wompi.co/p/?reference=KF-7M2Q9X4C1V8B3N6Z5D0FHE",
  expiresAt,
};

export const paymentRequestExample = { provider: "wompi" };

export const bookingStateExample: BookingState = {
  id: bookingId,
  status: "confirmed",
  paymentStatus: "paid",
  start,
  end,
  service,
  professional,
  meetingUrl: "https://clinica.daily.co/bk-1x2y3z?t=eyJhbGciOi",
  returnUrl: `https://clinica.example/gracias?status=ok&ref=${bookingId}`,
  expiresAt,
  amountMinor: 10_000_000,
  ...price,
  timezone: "America/Bogota",
  customerName: customer.name,
  customerEmail: customer.email,
  link,
  refund: null,
  isAwaitingAnswer: false,
};

export const bookingEventExample = `event: state\ndata: ${JSON.stringify(bookingStateExample)}\n\n`;
