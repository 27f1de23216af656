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

export const orderCallbackExample: OrderCallback = {
  evento: "order.paid",
  secuencia: 1,
  tenant_id: "01900000-0000-7000-8000-000000000001",
  orden_id: "0199c0de-0000-7000-8000-00000000001d",
  orden: {
    numero: 1204,
    sesion: "session_0199c0de-0000-7000-8000-00000000001d_1795532607000",
    usuario_id: null,
    moneda: "COP",
    lineas: [
      {
        variante_id: "0199c0de-0000-7000-8000-00000000001a",
        sku: "CAFE-500",
        producto: "Café de origen",
        variante: "500 g",
        cantidad: 2,
        ...{ precio_unitario: 38_000, precio_unitario_menor: 3_800_000, descuento: 7600, descuento_menor: 760_000 },
        ...{ impuesto: 3257.14, impuesto_menor: 325_714, total: 68_400, total_menor: 6_840_000 },
      },
    ],
    codigo: "BIENVENIDA",
    ...{ subtotal: 76_000, subtotal_menor: 7_600_000, descuento: 7600, descuento_menor: 760_000 },
    ...{ envio: 8000, envio_menor: 800_000, impuestos: 3257.14, impuestos_menor: 325_714, total: 76_400, total_menor: 7_640_000 },
    entrega: { tipo: "envio", nombre: "Envío a domicilio", dias_min: 1, dias_max: 3, lugar: null },
    direccion: {
      ...{ nombre: "María", apellido: "Gómez", direccion: "Calle 10 # 4-32", ciudad: "Medellín", region: "Antioquia" },
      ...{ codigo_postal: null, pais: "CO", telefono: "+573001234567" },
    },
    nota: null,
    pagada_en: "2026-11-21T15:03:27.000Z",
  },
  origen: { utm_source: "instagram" },
  usuario: { nombre: "María Gómez", email: "maria@example.com", telefono: "+573001234567", acepto_terminos: true },
  pago: { proveedor: "wompi", estado: "aprobado", referencia: "KF-3F7A9C2E", monto: 76_400, monto_menor: 7_640_000, moneda: "COP" },
  seguridad: { timestamp: "2026-11-21T15:03:27.000Z", firma_hmac: "7d".repeat(32) },
};
