import { address, type SoldShipping, soldShipping } from "#contracts/shop/order-session.ts";
import { amountAs } from "#domain/callback-body.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { inMerchantsWords } from "#queries/shop/merchant-words.ts";
import type { OrderLineRow } from "#queries/shop/sold-session.ts";

/** As docs/callbacks.md shows it. */
export async function orderPart(tx: Tx, checkout: CheckoutRow) {
  const session = await tx.selectFrom("order_session").selectAll().where("id", "=", checkout.id).executeTakeFirstOrThrow();
  const order = await tx.selectFrom("shop_order").select(["number", "paid_at"]).where("id", "=", checkout.id).executeTakeFirst();
  const lines = await tx.selectFrom("order_line").selectAll().where("order_id", "=", checkout.id).orderBy("place").execute();
  const { currency } = checkout;
  const words = inMerchantsWords(session);
  return {
    orden_id: checkout.id,
    orden: {
      numero: order?.number ?? null,
      sesion: session.session_token,
      usuario_id: session.user_id,
      moneda: currency,
      lineas: lines.map((line) => linePart({ ...line, product_title: words.titleOf(line) }, currency)),
      codigo: session.discount_code,
      ...amountAs("subtotal", session.sub_total_minor, currency),
      ...amountAs("descuento", session.discount_minor, currency),
      ...amountAs("envio", session.shipping_minor, currency),
      ...amountAs("impuestos", session.tax_minor, currency),
      ...amountAs("total", session.total_minor, currency),
      entrega: session.shipping === null ? null : deliveryPart(words.shippingOf(soldShipping.parse(session.shipping))),
      direccion: session.address === null ? null : addressPart(session.address),
      nota: session.note,
      pagada_en: order?.paid_at.toISOString() ?? null,
    },
    origen: { ...Object(session.campaign) },
  };
}

function linePart(line: OrderLineRow, currency: string) {
  return {
    variante_id: line.variant_id,
    sku: line.sku,
    producto: line.product_title,
    variante: line.variant_title,
    cantidad: line.quantity,
    ...amountAs("precio_unitario", line.unit_price_minor, currency),
    ...amountAs("descuento", line.discount_minor, currency),
    ...amountAs("impuesto", line.tax_minor, currency),
    ...amountAs("total", line.total_minor, currency),
  };
}

function deliveryPart({ kind, name, daysMin, daysMax, place }: SoldShipping) {
  const lugar = place ? [place.name, place.address].filter(Boolean).join(", ") : null;
  return { tipo: kind === "pickup" ? "recogida" : "envio", nombre: name, dias_min: daysMin, dias_max: daysMax, lugar };
}

function addressPart(kept: unknown) {
  const to = address.parse(kept);
  return {
    nombre: to.firstName,
    apellido: to.lastName,
    direccion: to.address,
    ciudad: to.city,
    region: to.region,
    codigo_postal: to.postalCode,
    pais: to.country,
    telefono: to.phone,
  };
}
