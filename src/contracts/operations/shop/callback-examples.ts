import type { OrderCallback } from "../../shop/order-callback.ts";

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
