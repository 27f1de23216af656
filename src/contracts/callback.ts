import { z } from "zod";
import { chargeTypes } from "#domain/money.ts";
import { campaign } from "./checkout.ts";

const text = z.string();
const units = z.number().min(0);
const minor = z.int().min(0);
const state = z.enum(["aprobado", "reembolso_pendiente", "reembolsado", "reembolsado_en_parte", "en_disputa", "contracargo", "cancelado"]);

/** What a merchant's server receives about a booking (docs/callbacks.md). */
export const bookingCallback = z.strictObject({
  evento: text.describe("The fact, such as booking.paid, booking.cancelled or refund_case.done. New ones may come."),
  prueba: z.literal(true).optional().describe("Only in a test that the merchant asked for. There is no such booking."),
  secuencia: z.int().min(1).describe("Counts the facts of one booking. A lower one that comes later is old."),
  tenant_id: z.uuid(),
  booking_id: z.uuid(),
  resto_id: z.uuid().optional().describe("Of a double payment of what a deposit left: secuencia counts these apart."),
  servicio: z.strictObject({
    id: z.uuid(),
    nombre: text,
    duracion_min: z.int(),
    pago: z.enum(chargeTypes).describe("on_site: nothing was paid now; the price is paid at the place."),
    precio: units,
    precio_menor: minor,
    monto_cobrado: units,
    monto_cobrado_menor: minor,
  }),
  profesional: z.strictObject({ id: z.uuid(), nombre: text }),
  cita: z.strictObject({ inicio: z.iso.datetime(), fin: z.iso.datetime(), timezone: text, enlace_reunion: z.url().nullable() }),
  /** From where the customer came: the link, and the utm_… words of the address that was opened. */
  origen: z.strictObject({ enlace: text.describe("The public id of the booking link."), ...campaign.shape }),
  respuestas: z
    .array(z.strictObject({ pregunta: text, respuesta: text }))
    .optional()
    .describe("Answers to the service's questions. Personal ones are left out."),
  usuario: z.strictObject({ nombre: text, email: text, telefono: text, acepto_terminos: z.boolean() }),
  pago: z.strictObject({
    proveedor: text,
    estado: state,
    referencia: text,
    monto: units.describe("In whole units: 120000 means $120.000 COP."),
    monto_menor: minor.describe("The same in minor units."),
    moneda: text,
  }),
  reembolso: z
    .strictObject({
      motivo: text,
      estado: text,
      numero: text.describe("What the customer was told to name, such as 482-193-076."),
      compra: z.enum(["en_pie", "cancelada"]).describe("cancelada: nothing of what was paid for takes place."),
      monto: units,
      monto_menor: minor,
    })
    .optional(),
  seguridad: z.strictObject({
    timestamp: z.iso.datetime().describe("When the fact happened."),
    firma_hmac: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});
export type BookingCallback = z.infer<typeof bookingCallback>;
