import type { BookingCallback } from "../callback.ts";
import type {
  Availability,
  BookingOptionsAnswer,
  BookingRequest,
  BookingState,
  CheckoutAnswer,
  HoldAnswer,
  HoldRequest,
} from "../checkout.ts";
import type { VisitRequest } from "../metrics/visit.ts";
import { locationIdExample, placeExample } from "./settings/examples.ts";
import { cartIdExample, orderIdExample, productIdExample, shopExample, variantIdExample } from "./shop/examples.ts";

/**
 * One customer's walk through the demo (db/demo.ts). The document moves its times by whole weeks,
 * so that they are still to come. `tests/http/openapi-examples.test.ts` sends every request.
 */
const link = "demo";
const serviceId = "01900000-0000-7000-8000-000000000013";
const professionalId = "01900000-0000-7000-8000-000000000021";
const holdId = "0199c0de-0000-7000-8000-000000000003";
/** The demo's account at Wompi. */
const connectionId = "01900000-0000-7000-8000-000000000003";
const bookingId = "0199c0de-0000-7000-8000-000000000004";
/** A Monday at 8 in Bogotá. */
export const exampleStart = "2026-11-23T13:00:00.000Z";
const start = exampleStart;
const end = "2026-11-23T13:45:00.000Z";
const expiresAt = "2026-11-21T15:10:00.000Z";
const customer = { name: "Ana María Pérez", email: "ana@example.com", phone: "+57 300 123 4567" };
const price = { priceMinor: 9_500_000, currency: "COP" };
const service = { id: serviceId, name: "Teleconsulta de psicología", nameLanguage: "es", durationMinutes: 45, online: true };
const professional = { id: professionalId, name: "Dra. Laura Restrepo", photoUrl: null };

export const bookingOptionsExample: BookingOptionsAnswer = {
  tenant: {
    name: "Clínica Aurora",
    logoUrl: null,
    primaryColor: "#0F766E",
    secondaryColor: "#F59E0B",
    timezone: "America/Bogota",
    locale: "es",
    country: "CO",
  },
  services: [
    {
      id: serviceId,
      name: service.name,
      durationMinutes: service.durationMinutes,
      online: service.online,
      ...price,
      description: "Cita por videollamada de 45 minutos.",
      imageUrl: null,
      cancellation: null,
      questions: [],
      translations: {},
      horizonDays: 60,
      chargeType: "total",
      amountDueMinor: 9_500_000,
      capacityPolicy: "hold",
      locationId: locationIdExample,
    },
  ],
  locations: [{ ...placeExample, id: locationIdExample }],
  professionals: [{ ...professional, description: "Médica y psicóloga clínica.", serviceIds: [serviceId] }],
  preselected: { serviceId: null, professionalId: null },
  prefill: {},
  note: null,
  providers: [{ id: "wompi" }],
  connections: [
    {
      connection: connectionId,
      provider: "wompi",
      label: null,
      isTest: true,
      asksFor: [],
      amounts: [{ currency: "COP", minMinor: 150_000, maxMinor: null, stepMinor: 100 }],
      minutesMin: 0,
    },
  ],
};

export const availabilityExample: Availability = {
  timezone: "America/Bogota",
  slots: [
    { start, end, state: "free" },
    { start: end, end: "2026-11-23T14:30:00.000Z", state: "held" },
  ],
};

const seen = { amountMinor: 9_500_000, currency: "COP" };
export const holdRequestExample: HoldRequest = { link, serviceId, professionalId, start, seen };
export const visitRequestExample: VisitRequest = { link, step: "opened", campaign: { utm_source: "instagram" } };
export const holdAnswerExample: HoldAnswer = { id: holdId, start, end, expiresAt, session: "0a1B2c3D4e5F6g7H8i9J0k1L" };

const asked = { link, customer, acceptedTerms: true, provider: "wompi", locale: "es", timezone: "America/Bogota", seen } as const;
export const bookingRequestExample: BookingRequest = { ...asked, holdId };
export const unheldBookingRequestExample: BookingRequest = { ...asked, serviceId, professionalId, start };

export const bookingAnswerExample: CheckoutAnswer = {
  id: bookingId,
  token: "q7Wm0s3vYp1Zc5Xb8Nd2Lf4Kj6Hg9TrE",
  status: "pending",
  paymentStatus: "pending",
  amountMinor: 9_500_000,
  currency: "COP",
  reference: "KF-7M2Q9X4C1V8B3N6Z5D0FHE",
  checkoutUrl: "https://checkout.wompi.co/p/?reference=KF-7M2Q9X4C1V8B3N6Z5D0FHE",
  expiresAt,
};

export const paymentRequestExample = { connection: connectionId };

export const bookingStateExample: BookingState = {
  id: bookingId,
  status: "confirmed",
  paymentStatus: "paid",
  start,
  end,
  service,
  professional,
  place: placeExample,
  meetingUrl: "https://aurora.daily.co/bk-1x2y3z?t=eyJhbGciOi",
  returnUrl: `https://clinica-aurora.example/gracias?status=ok&ref=${bookingId}`,
  returnSeconds: 3,
  expiresAt,
  amountMinor: 9_500_000,
  ...price,
  cancellation: null,
  timezone: "America/Bogota",
  customerName: customer.name,
  customerEmail: customer.email,
  link,
  refund: null,
  capacityPolicy: "hold",
  isSlotGone: false,
  isAwaitingAnswer: false,
  declineReason: null,
  slotKeptUntil: null,
  mustAcceptTerms: false,
  isAsked: false,
  rest: null,
  ownChanges: { cancelUntil: null, moveUntil: null },
};

export const bookingEventExample = `event: state\ndata: ${JSON.stringify(bookingStateExample)}\n\n`;

/** By the parameter's name; `id` is a booking's, or a hold's where the path says so. */
export const parameterExamples: Readonly<Record<string, string>> = {
  link,
  service: serviceId,
  professional: professionalId,
  id: bookingId,
  booking: bookingId,
  token: bookingAnswerExample.token,
  provider: "wompi",
  connection: "01900000-0000-7000-8000-000000000003",
  followUp: "0199c0de-0000-7000-8000-000000000025",
  shop: shopExample,
  variantId: variantIdExample,
};
/** By the path's beginning. */
export const idExamples: Readonly<Record<string, string>> = {
  "/api/holds/": holdId,
  "/api/services/": serviceId,
  "/store/products/": productIdExample,
  "/store/carts/": cartIdExample,
  "/store/order-sessions/": orderIdExample,
};

export const callbackExample: BookingCallback = {
  evento: "booking.paid",
  secuencia: 1,
  tenant_id: "01900000-0000-7000-8000-000000000001",
  booking_id: bookingId,
  servicio: {
    id: serviceId,
    nombre: service.name,
    duracion_min: service.durationMinutes,
    pago: "total",
    precio: 95_000,
    precio_menor: price.priceMinor,
    monto_cobrado: 95_000,
    monto_cobrado_menor: price.priceMinor,
  },
  profesional: { id: professionalId, nombre: professional.name },
  cita: { inicio: start, fin: end, timezone: "America/Bogota", enlace_reunion: bookingStateExample.meetingUrl },
  origen: { enlace: link, utm_source: "instagram", utm_campaign: "noviembre" },
  usuario: { nombre: customer.name, email: customer.email, telefono: "+573001234567", acepto_terminos: true },
  pago: {
    proveedor: "wompi",
    estado: "aprobado",
    referencia: bookingAnswerExample.reference,
    monto: 95_000,
    monto_menor: price.priceMinor,
    moneda: price.currency,
  },
  seguridad: { timestamp: "2026-11-21T15:03:27.000Z", firma_hmac: "7d".repeat(32) },
};

export const otherKindExample = {
  tenantId: "0199c0de-0000-7000-8000-00000000000a",
  connectionId: "0199c0de-0000-7000-8000-00000000000c",
  provider: "wompi",
  eventKind: "nequi_token.updated",
  count: 3,
  since: "2026-11-20T09:00:00.000Z",
};
