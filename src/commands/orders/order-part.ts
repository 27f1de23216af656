import { amountAs } from "#domain/callback-body.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";

/** As docs/callbacks.md shows it. */
export async function orderPart(tx: Tx, checkout: CheckoutRow) {
  const session = await tx.selectFrom("order_session").selectAll().where("id", "=", checkout.id).executeTakeFirstOrThrow();
  const order = await tx.selectFrom("shop_order").selectAll().where("id", "=", checkout.id).executeTakeFirst();
  const lines = await tx.selectFrom("order_line").selectAll().where("order_id", "=", checkout.id).orderBy("place").execute();
  const amount = (name: string, minor: number) => amountAs(name, minor, checkout.currency);
  return {
    orden_id: checkout.id,
    orden: {
      numero: order?.number ?? null,
      sesion: session.session_token,
      usuario_id: session.user_id,
      moneda: checkout.currency,
      lineas: lines.map((line) => ({
        variante_id: line.variant_id,
        sku: line.sku,
        producto: line.product_title,
        variante: line.variant_title,
        cantidad: line.quantity,
        ...amount("precio_unitario", line.unit_price_minor),
        ...amount("descuento", line.discount_minor),
        ...amount("impuesto", line.tax_minor),
        ...amount("total", line.total_minor),
      })),
      codigo: session.discount_code,
      ...amount("subtotal", session.sub_total_minor),
      ...amount("descuento", session.discount_minor),
      ...amount("envio", session.shipping_minor),
      ...amount("impuestos", session.tax_minor),
      ...amount("total", session.total_minor),
      entrega: session.shipping,
      direccion: session.address,
      pagada_en: order?.paid_at.toISOString() ?? null,
    },
    origen: { ...Object(session.campaign) },
  };
}
