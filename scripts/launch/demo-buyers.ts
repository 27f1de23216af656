import { demo, demoId } from "#db/demo.ts";
import { type DemoCalls, type DemoCustomer, person } from "./demo-customers.ts";

type Person = Pick<DemoCustomer, "name" | "email" | "phone">;
/** `lines` are numbers of variants (db/demo-shop.ts), with their pieces. */
type DemoBuyer = Person & {
  lines: Readonly<Record<number, number>>;
  code?: string;
  way: "sent" | "picked_up";
  outcome: "approve" | "decline";
};

/** Who buys in the demo's shop when it first starts. */
const demoBuyers: readonly DemoBuyer[] = [
  {
    ...person("Isabel Cristina Vélez", "310 123 4501"),
    lines: { 1010: 1, 1031: 1 },
    code: "BIENVENIDA10",
    way: "sent",
    outcome: "approve",
  },
  { ...person("Andrés Felipe Ríos", "310 123 4502"), lines: { 1011: 2 }, way: "picked_up", outcome: "approve" },
  { ...person("Marta Lucía Salazar", "310 123 4503"), lines: { 1040: 1 }, way: "sent", outcome: "decline" },
];

type Cart = { id: string; lines: { variantId: string; quantity: number; unitPriceMinor: number }[] };
type Quote = { cart: Cart; shippingOptions: { id: string; kind: string }[]; totals: { totalMinor: number } };
type Order = { id: string; token: string; checkoutUrl: string };

/** They fill a cart, check out and pay as customers do. */
export async function buyAtDemo({ ask, pay, untilPaid }: DemoCalls): Promise<void> {
  for (const { lines, code, way, outcome, name, email, phone } of demoBuyers) {
    const { id } = await ask<Cart>("/store/carts", { shop: demo.tenant.slug });
    for (const [variant, quantity] of Object.entries(lines))
      await ask(`/store/carts/${id}/lines/${demoId(Number(variant))}`, { quantity }, "PUT");
    if (code) await ask(`/store/carts/${id}/discount`, { code }, "PUT");
    const { shippingOptions } = await ask<Quote>(`/store/carts/${id}/totals`);
    const shipping = shippingOptions.find(({ kind }) => (kind === "pickup") === (way === "picked_up"))?.id;
    const { cart, totals } = await ask<Quote>(`/store/carts/${id}/totals?shipping=${shipping}`);
    const [firstName = "", ...others] = name.split(" ");
    const order = await ask<Order>(`/store/carts/${id}/checkout`, {
      customer: { name, email, phone },
      acceptedTerms: true,
      shipping,
      ...(way === "sent" && {
        address: { firstName, lastName: others.join(" "), address: "Carrera 13 # 85-32, apto. 402", city: "Bogotá", country: "CO" },
      }),
      provider: "wompi",
      seen: {
        totalMinor: totals.totalMinor,
        lines: cart.lines.map(({ variantId, quantity, unitPriceMinor }) => ({ variantId, quantity, unitPriceMinor })),
      },
    });
    await pay(order.checkoutUrl, outcome);
    if (outcome === "approve") await untilPaid(`/store/order-sessions/${order.id}?token=${order.token}`);
  }
}
