import { z } from "zod";
import { callbackProblems } from "#domain/callbacks/problems.ts";
import type { BookingCallback } from "./callback.ts";

export const callbackTestEvent = "callback.test";
/** No booking has it. */
const nobodys = "00000000-0000-4000-8000-000000000000";

type Unsigned = Omit<BookingCallback, "seguridad"> & { seguridad: { timestamp: string; firma_hmac: "" } };

/** Looks like `booking.paid`, and books nothing even where nobody reads `prueba`. */
export function exampleCallback(given: { tenantId: string; timezone: string; currency: string; now: Date }): Unsigned {
  const { tenantId, timezone, currency, now } = given;
  return {
    evento: callbackTestEvent,
    prueba: true,
    secuencia: 1,
    tenant_id: tenantId,
    booking_id: nobodys,
    servicio: {
      id: nobodys,
      nombre: "PRUEBA de Konfirmado: no es una reserva",
      duracion_min: 30,
      pago: "total",
      ...{ precio: 0, precio_menor: 0, monto_cobrado: 0, monto_cobrado_menor: 0 },
    },
    profesional: { id: nobodys, nombre: "PRUEBA" },
    cita: { inicio: "2000-01-01T12:00:00.000Z", fin: "2000-01-01T12:30:00.000Z", timezone, enlace_reunion: null },
    origen: { enlace: "prueba" },
    usuario: { nombre: "PRUEBA Ñandú", email: "prueba@example.com", telefono: "+10000000000", acepto_terminos: true },
    pago: { proveedor: "prueba", estado: "aprobado", referencia: "PRUEBA", monto: 0, monto_menor: 0, moneda: currency },
    seguridad: { timestamp: now.toISOString(), firma_hmac: "" },
  };
}

export const callbackTest = z.object({
  /** The webhook-id. */
  id: z.uuid(),
  at: z.iso.datetime(),
  url: z.string(),
  /** What was sent, with an empty signature. */
  body: z.string(),
  status: z.int().nullable(),
  /** Is null if it was taken. */
  problem: z.enum(callbackProblems).nullable(),
  /** In the words of whoever found it, such as a code of the network. */
  detail: z.string().nullable(),
  /** Is null while it has no answer. */
  durationMs: z.int().nullable(),
  answer: z.string().nullable(),
});
export type CallbackTest = z.infer<typeof callbackTest>;

export const callbackDeliveriesMax = 20;

const delivery = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** What it told, such as `booking.paid`, or `callback.test`. */
  event: z.string(),
  /** Without its query, which may hold a secret. */
  url: z.string(),
  status: z.int().nullable(),
  error: z.string().nullable(),
  durationMs: z.int().nullable(),
  answer: z.string().nullable(),
  /** The booking or order that it is about. */
  checkoutId: z.uuid().nullable(),
  checkoutKind: z.string().nullable(),
});
export type CallbackDelivery = z.infer<typeof delivery>;
export const callbackDeliveries = z.object({ deliveries: z.array(delivery) });
