import { randomUUID } from "node:crypto";
import { type Product, product } from "#contracts/shop-desk/products.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import type { Place } from "#tests/support/world.ts";
import { expectShape } from "../request.ts";
import type { Program } from "../services/shop.ts";

export const band = {
  title: "Banda elástica",
  variants: [
    { title: "Suave", priceMinor: 3_200_000, onHand: 10 },
    { title: "Fuerte", priceMinor: 3_600_000, onHand: 4, lowStockAt: 5 },
  ],
};

export async function makeProduct(program: Program, changes: object = {}): Promise<Product> {
  const answer = await program("/api/products", { json: { ...band, ...changes } });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return expectShape(product, answer.body);
}

export const changeProduct = (program: Program, { id, version }: Product, changes: object) =>
  program(`/api/products/${id}`, { method: "PATCH", json: { version, ...changes } });

export const readProduct = async (program: Program, { id }: { id: string }) =>
  expectShape(product, (await program(`/api/products/${id}`)).body);

/** As a variant is sent back: what only answers have is left out. */
export const given = ({ variants }: Product) =>
  variants.map(({ id, title, sku, priceMinor, weightGrams, lowStockAt }) => ({ id, title, sku, priceMinor, weightGrams, lowStockAt }));

/** Somebody who is paying for so many pieces, for so many seconds from now. */
export async function reserve(
  world: Place,
  { tenantId }: Clinic,
  variantId: string,
  { quantity = 1, seconds = 600 } = {},
): Promise<string> {
  const checkoutId = randomUUID();
  await world.owner.query(
    `insert into checkout (tenant_id, id, kind, ends_at, amount_minor, currency, customer_name, customer_email, customer_phone, locale, token, session)
     values ($1, $2, 'order', now() + interval '1 hour', 1000, 'COP', 'Ana', 'ana@example.com', '', 'es', $3, $3)`,
    [tenantId, checkoutId, checkoutId],
  );
  await world.owner.query(
    `insert into stock_claim (tenant_id, variant_id, checkout_id, quantity, state, expires_at)
     values ($1, $2, $3, $4, 'paying', now() + make_interval(secs => $5))`,
    [tenantId, variantId, checkoutId, quantity, seconds],
  );
  return checkoutId;
}
