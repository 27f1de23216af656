import { z } from "zod";
import { bookingCallback } from "../callback.ts";
import { campaign } from "../checkout.ts";

const text = z.string();
const units = z.number().min(0);
const minor = z.int().min(0);
const { evento, prueba, tenant_id, usuario, pago, reembolso, seguridad } = bookingCallback.shape;

const line = z.strictObject({
  variante_id: z.uuid(),
  sku: text.nullable(),
  producto: text,
  variante: text,
  cantidad: z.int().min(1),
  precio_unitario: units,
  precio_unitario_menor: minor,
  descuento: units,
  descuento_menor: minor,
  impuesto: units,
  impuesto_menor: minor,
  total: units.describe("What was paid for the line: its discount taken off, its tax in it."),
  total_menor: minor,
});

/** What a merchant's server receives about an order (docs/callbacks.md). */
export const orderCallback = z.strictObject({
  evento: evento.describe("The fact, such as order.paid, order.cancelled or refund_case.done. New ones may come."),
  prueba,
  secuencia: z.int().min(1).describe("Counts the facts of one order. A lower one that comes later is old."),
  tenant_id,
  orden_id: z.uuid().describe("Of the order and of the order session that it was."),
  orden: z.strictObject({
    numero: z.int().min(1).nullable().describe("For people. Null if the money bought nothing."),
    sesion: text.describe("The sessionToken."),
    usuario_id: text.nullable(),
    moneda: text,
    lineas: z.array(line),
    codigo: text.nullable().describe("Of a discount."),
    subtotal: units,
    subtotal_menor: minor,
    descuento: units,
    descuento_menor: minor,
    envio: units,
    envio_menor: minor,
    impuestos: units.describe("Within the total."),
    impuestos_menor: minor,
    total: units,
    total_menor: minor,
    entrega: z
      .strictObject({
        tipo: z.enum(["envio", "recogida"]),
        nombre: text,
        dias_min: z.int().nullable(),
        dias_max: z.int().nullable(),
        lugar: text.nullable().describe("Where it is picked up."),
      })
      .nullable()
      .describe("Null: nothing is sent."),
    direccion: z
      .strictObject({
        nombre: text,
        apellido: text,
        direccion: text,
        ciudad: text,
        region: text.nullable(),
        codigo_postal: text.nullable(),
        pais: text,
        telefono: text,
      })
      .nullable(),
    nota: text.nullable(),
    pagada_en: z.iso.datetime().nullable(),
  }),
  origen: z.strictObject(campaign.shape),
  usuario,
  pago,
  reembolso,
  seguridad,
});
export type OrderCallback = z.infer<typeof orderCallback>;
