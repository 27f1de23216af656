import { expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { orderCallbackExample } from "#contracts/operations/shop/callback-examples.ts";
import { orderCallback } from "#contracts/shop/order-callback.ts";
import { eventually } from "../../support/end-state.ts";
import { openMerchant } from "../../support/merchant.ts";
import { readEffects } from "../../support/outside-effects.ts";
import { digital, prepareShopStage } from "../../support/shop/stage.ts";
import { withOpenPages } from "../capabilities/playable.ts";
import { hurryFollowUps, settledAtOnce } from "../stories.ts";

/** Who hears what of an order: the customer, the merchant, and the merchant's server. */
const stage = prepareShopStage({ keepsPromises: true });

type Mail = { to: string[]; subject: string; text: string };
async function mailsOf(link: string): Promise<Mail[]> {
  const { mails } = (await (await fetch(`${stage.simulatorsUrl}/mail/state`)).json()) as { mails: Mail[] };
  return mails.filter(({ to }) => to.some((address) => address.endsWith(`@${link}.example`)));
}

test("a paid order: a receipt, a mail to the merchant, the bell, and a callback as the document says", async () => {
  const shop = await stage.openShop();
  const merchant = await openMerchant(stage, { tenantId: shop.tenantId });
  const product = await stage.addProduct(shop, { ...digital, title: "Guía de ejercicios", taxPercent: 19 });
  const begun = await stage.reachOrder(shop, { product, quantity: 2 });
  await stage.pay(begun.checkoutUrl, "approve");
  await eventually(async () => {
    await settledAtOnce(stage, begun.id);
    expect(await mailsOf(shop.link)).toHaveLength(2);
  });
  const mails = await mailsOf(shop.link);
  const receipt = mails.find(({ to }) => to[0]?.startsWith("customer@"));
  const toMerchant = mails.find(({ to }) => to[0]?.startsWith("merchant@"));
  expect(receipt?.subject).toBe("Tu pedido 1 de Clínica de prueba está pagado");
  for (const said of [
    "2 × Guía de ejercicios",
    "$ 200.000",
    "Impuestos, incluidos en el total",
    "Es digital",
    `/order/confirmed/${begun.id}`,
  ])
    expect(receipt?.text.replaceAll(/\s/g, " ")).toContain(said);
  expect(toMerchant?.text).toContain(`/dashboard/orders/${begun.id}`);
  const { callbacks } = await readEffects(stage, shop);
  const [body] = callbacks.map((callback) => JSON.parse(callback.body));
  expect(orderCallback.safeParse(body).error).toBeUndefined();
  expect(body).toMatchObject({ evento: "order.paid", orden_id: begun.id, orden: { numero: 1, total: 200_000, total_menor: 20_000_000 } });
  expect(orderCallback.parse(orderCallbackExample)).toEqual(orderCallbackExample);
  const answer = await fetch(`${stage.appUrl}/api/notices`, { headers: { cookie: merchant.cookie } });
  const { notices } = (await answer.json()) as { notices: object[] };
  expect(notices).toMatchObject([{ kind: "order.paid", order: { id: begun.id, number: 1 }, money: { amountMinor: 20_000_000 } }]);
});

test("a customer of another language reads their words, and whoever packs the merchant's", async () => {
  const shop = await stage.openShop();
  const merchant = await openMerchant(stage, { tenantId: shop.tenantId });
  const translations = { fr: { title: "Bande élastique", description: "" } };
  const product = await stage.addProduct(shop, { title: "Banda elástica", translations, variants: [{ priceMinor: 9_000_000 }] });
  const shipping = await stage.addShipping(shop, { name: "Domicilio" });
  await stage.owner.query(`update shipping_option set translations = '{"fr": {"name": "Livraison"}}' where id = $1`, [shipping]);
  const begun = await stage.reachOrder(shop, { product, shipping, more: { locale: "fr" } });
  await stage.pay(begun.checkoutUrl, "approve");
  await eventually(async () => {
    await settledAtOnce(stage, begun.id);
    expect(await mailsOf(shop.link)).toHaveLength(2);
  });
  const mails = await mailsOf(shop.link);
  const textTo = (who: string) => mails.find(({ to }) => to[0]?.startsWith(who))?.text ?? "";
  for (const said of ["Bande élastique", "Livraison", "Colombie"]) expect(textTo("customer@")).toContain(said);
  for (const said of ["Banda elástica", "Domicilio", "Colombia"]) expect(textTo("merchant@")).toContain(said);
  const { callbacks } = await readEffects(stage, shop);
  const words = { orden: { lineas: [{ producto: "Banda elástica" }], entrega: { nombre: "Domicilio" } } };
  expect(callbacks.map((callback) => JSON.parse(callback.body))).toMatchObject([words]);
  const read = async (path: string) => (await fetch(`${stage.appUrl}${path}`, { headers: { cookie: merchant.cookie } })).text();
  for (const path of [
    `/api/orders/${begun.id}`,
    `/api/order-sessions/${begun.id}`,
    "/api/orders",
    "/api/order-sessions",
    "/api/orders.csv",
  ]) {
    expect(await read(path), path).toContain("Banda elástica");
    expect(await read(path), path).not.toMatch(/Bande élastique|Livraison/);
  }
  expect(await stage.orderState(begun)).toMatchObject({ cartItems: [{ title: "Bande élastique" }], shipping: { name: "Livraison" } });
});

test("a cancelled order: the customer hears what comes back, and the server of both facts in their order", async () => {
  const shop = await stage.openShop();
  const begun = await stage.reachOrder(shop);
  await stage.pay(begun.checkoutUrl, "approve");
  await stage.orderReaches(begun, { status: "processed" });
  await settledAtOnce(stage, begun.id);
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: shop.tenantId, checkoutId: begun.id } });
  await settledAtOnce(stage, begun.id);
  const subjects = (await mailsOf(shop.link)).map(({ subject }) => subject);
  expect(subjects).toContain("Tu pedido 1 fue cancelado");
  expect(subjects.some((subject) => subject.startsWith("Te devolvemos"))).toBe(true);
  const { callbacks } = await readEffects(stage, shop);
  const bodies = callbacks.map((callback) => JSON.parse(callback.body));
  for (const body of bodies) expect(orderCallback.safeParse(body).error).toBeUndefined();
  expect(bodies.map(({ evento }) => evento)).toEqual(expect.arrayContaining(["order.paid", "order.cancelled", "refund_case.opened"]));
});

withOpenPages.story("sold out while paying: the mail about the refund says so, and leads to what is left", async () => {
  const shop = await stage.openShop();
  const product = await stage.addProduct(shop, { ...digital, variants: [{ priceMinor: 10_000_000, onHand: 1 }] });
  const late = await stage.reachOrder(shop, { product });
  await stage.timePasses(late.id, 60);
  await stage.reachOrder(shop, { product, email: `other@${shop.link}.example` });
  await stage.pay(late.checkoutUrl, "approve", { afterEnd: true });
  await eventually(async () => expect((await stage.orderState(late)).status).toBe("cancelled"));
  await eventually(async () => {
    await hurryFollowUps(stage, late.id);
    const [mail] = (await mailsOf(shop.link)).filter(({ subject }) => subject.startsWith("Lo que pediste se agotó"));
    expect(mail?.text ?? "").toContain(`/shop/${shop.slug}`);
    expect(mail?.text).not.toContain("cita");
  });
});
