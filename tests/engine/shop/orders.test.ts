import { expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { changeStock } from "#commands/claims/change-stock.ts";
import { inTenant } from "#platform/db.ts";
import type { Clinic } from "../../support/clinic.ts";
import { eventually } from "../../support/end-state.ts";
import { startOrder, type Wish } from "../../support/shop/order.ts";
import { makeCode, openShop, shelfOf, stockVariant } from "../../support/shop/shelf.ts";
import { prepareStage } from "../../support/stage.ts";
import { withLookup, withOpenPages } from "../capabilities/playable.ts";
import { refundOfCard } from "../stories.ts";

/** An order exists only when it is paid, and never of what is not there. */
const stage = prepareStage({ keepsPromises: true });
const { state, paymentStatus } = refundOfCard;

async function openOwn(goods: Parameters<typeof stockVariant>[2] = { onHand: 5 }) {
  const clinic = await stage.openClinic();
  await openShop(stage, clinic);
  const variantId = await stockVariant(stage, clinic, goods);
  const start = (wish: Partial<Wish> = {}) => startOrder({ tenantId: clinic.tenantId, lines: [{ variantId, quantity: 2 }], ...wish });
  return { clinic, variantId, start };
}

async function endOf(id: string) {
  const { rows } = await stage.owner.query<{ status: string; paymentStatus: string; number: number | null; refunds: string | null }>(
    `select k.status, k.payment_status as "paymentStatus", o.number::int,
       (select string_agg(reason || ' ' || state, ', ' order by r.created_at) from refund_case r where r.checkout_id = k.id) as refunds
     from checkout k left join shop_order o on o.id = k.id where k.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
const reaches = (id: string, wanted: object) => eventually(async () => expect(await endOf(id)).toMatchObject(wanted));

const cancel = ({ tenantId }: Clinic, checkoutId: string) =>
  cancelCheckout({ caller: { kind: "operator" }, input: { tenantId, checkoutId } });

test("a paid order session becomes an order with a number, and its pieces are gone for good", async () => {
  const { variantId, start } = await openOwn();
  const first = await start();
  expect(await endOf(first.id)).toEqual({ status: "pending", paymentStatus: "pending", number: null, refunds: null });
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 5, changes: 5, claims: { paying: 2 } });
  await stage.pay(first.checkoutUrl, "approve");
  await reaches(first.id, { status: "confirmed", paymentStatus: "paid", number: 1, refunds: null });
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 3, changes: 3, claims: { booked: 2 } });
  const second = await start();
  await stage.pay(second.checkoutUrl, "approve");
  await reaches(second.id, { status: "confirmed", number: 2 });
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 1, changes: 1, claims: { booked: 4 } });
  await expect(start()).rejects.toMatchObject({ code: "out_of_stock", shown: { lines: [{ variantId, available: 1 }] } });
  await stage.settled(second.id);
});

test("an unpaid order session expires and leaves nothing but free pieces", async () => {
  const { clinic, variantId, start } = await openOwn({ onHand: 2 });
  const session = await start();
  await expect(start({ lines: [{ variantId, quantity: 1 }] })).rejects.toMatchObject({
    code: "out_of_stock",
    shown: { lines: [{ variantId, available: 0 }] },
  });
  await stage.timePasses(session.id, 60);
  // Free at once, with no job.
  const other = await start({ lines: [{ variantId, quantity: 1 }] });
  await stage.pay(other.checkoutUrl, "approve");
  await reaches(other.id, { status: "confirmed", number: 1 });
  await expireCheckout({ tenantId: clinic.tenantId, checkoutId: session.id });
  await reaches(session.id, { status: "expired", number: null });
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 1, changes: 1, claims: { booked: 1, expired: 2 } });
});

withOpenPages.story("late money gets its pieces if nobody else has them, and goes back if somebody has", async () => {
  const { variantId, start } = await openOwn({ onHand: 3 });
  const [late, tooLate] = [await start(), await start({ lines: [{ variantId, quantity: 1 }] })];
  for (const { id } of [late, tooLate]) await stage.timePasses(id, 60);
  await stage.pay(late.checkoutUrl, "approve", { afterEnd: true });
  await reaches(late.id, { status: "confirmed", number: 1 });
  const faster = await start({ lines: [{ variantId, quantity: 1 }] });
  await stage.pay(tooLate.checkoutUrl, "approve", { afterEnd: true });
  await reaches(tooLate.id, { status: "cancelled", paymentStatus, number: null, refunds: `capacity_gone ${state}` });
  await stage.pay(faster.checkoutUrl, "approve");
  await reaches(faster.id, { status: "confirmed", number: 2 });
  expect(await shelfOf(stage, variantId)).toMatchObject({ onHand: 0, changes: 0 });
});

test("a code counts its uses by claims, which lapse with their session", async () => {
  const { clinic, start } = await openOwn({ onHand: 50 });
  const discountId = await makeCode(stage, clinic, { usesMax: 2, usesPerCustomerMax: 1 });
  const wish = (email: string) => start({ discountId, email, totalMinor: 9_000_000 });
  const first = await wish("one@example.com");
  await expect(wish("ONE@example.com")).rejects.toMatchObject({ code: "discount_used_up" });
  const second = await wish("two@example.com");
  await expect(wish("three@example.com")).rejects.toMatchObject({ code: "discount_used_up" });
  await stage.timePasses(first.id, 60);
  const third = await wish("three@example.com");
  for (const paid of [second, third]) await stage.pay(paid.checkoutUrl, "approve");
  for (const paid of [second, third]) await reaches(paid.id, { status: "confirmed" });
  const { rows } = await stage.owner.query("select used from discount where id = $1", [discountId]);
  expect(rows).toEqual([{ used: 2 }]);
});

withOpenPages.story("late money must find a use of its code", async () => {
  const { clinic, start } = await openOwn({ onHand: 50 });
  const discountId = await makeCode(stage, clinic, { usesMax: 1 });
  const wish = (email: string) => start({ discountId, email, totalMinor: 9_000_000 });
  const late = await wish("one@example.com");
  await stage.timePasses(late.id, 60);
  await wish("two@example.com");
  await stage.pay(late.checkoutUrl, "approve", { afterEnd: true });
  await reaches(late.id, { status: "cancelled", refunds: expect.stringMatching(/^capacity_gone/) });
});

test("a total of 0 is paid at once, and what cannot run out never does", async () => {
  const { variantId, start } = await openOwn({ onHand: null });
  const session = await start({ totalMinor: 0, provider: "none" });
  await reaches(session.id, { status: "confirmed", paymentStatus: "paid", number: 1 });
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: null, changes: 0, claims: { booked: 2 } });
});

test("a cancelled session frees its pieces; money that comes all the same goes back", async () => {
  const { clinic, variantId, start } = await openOwn({ onHand: 2 });
  const session = await start();
  await stage.stopWorker();
  await stage.pay(session.checkoutUrl, "approve");
  await cancel(clinic, session.id);
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 2, changes: 2, claims: { released: 2 } });
  await stage.startWorker();
  await reaches(session.id, { status: "cancelled", number: null, refunds: `cancelled ${state}` });
});

test("a cancelled order sends its money back and keeps its pieces out until a person says that they are there", async () => {
  const { clinic, variantId, start } = await openOwn({ onHand: 2 });
  const session = await start();
  await stage.pay(session.checkoutUrl, "approve");
  await reaches(session.id, { status: "confirmed" });
  await cancel(clinic, session.id);
  await reaches(session.id, { status: "cancelled", number: 1, refunds: `cancelled ${state}` });
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 0, changes: 0, claims: { booked: 2 } });
  const { tenantId } = clinic;
  const back = { tenantId, variantId, quantity: 2, reason: "returned", actor: "system", checkoutId: session.id } as const;
  expect(await inTenant(tenantId, (tx) => changeStock(tx, back))).toEqual({ onHand: 2 });
  expect(await shelfOf(stage, variantId)).toMatchObject({ onHand: 2, changes: 2 });
});

test("nobody counts away what somebody is paying for", async () => {
  const {
    clinic: { tenantId },
    variantId,
    start,
  } = await openOwn({ onHand: 5 });
  const session = await start();
  const change = (given: { quantity: number } | { countedTo: number | null }) =>
    inTenant(tenantId, (tx) => changeStock(tx, { tenantId, variantId, reason: "counted", actor: "system", ...given }));
  await expect(change({ quantity: -4 })).rejects.toMatchObject({ code: "stock_reserved" });
  await expect(change({ countedTo: 1 })).rejects.toMatchObject({ code: "stock_reserved" });
  expect(await change({ countedTo: 2 })).toEqual({ onHand: 2 });
  await stage.pay(session.checkoutUrl, "approve");
  await reaches(session.id, { status: "confirmed" });
  expect(await change({ countedTo: null })).toEqual({ onHand: null });
  expect(await change({ quantity: 3 })).toEqual({ onHand: null });
  expect(await change({ countedTo: 7 })).toEqual({ onHand: 7 });
  expect(await shelfOf(stage, variantId)).toMatchObject({ onHand: 7, changes: 7 });
});

test("a sale that brings a variant to its mark says so once", async () => {
  const { clinic, variantId, start } = await openOwn({ onHand: 5, lowStockAt: 3 });
  for (const number of [1, 2]) {
    const session = await start();
    await stage.pay(session.checkoutUrl, "approve");
    await reaches(session.id, { status: "confirmed", number });
  }
  const { rows } = await stage.owner.query("select details from event where tenant_id = $1 and kind = 'stock.low'", [clinic.tenantId]);
  expect(rows).toMatchObject([{ details: { variantId, left: 3 } }]);
});

test("the provider sends the customer back to the order's page", async () => {
  const { start } = await openOwn();
  const { id, token } = await start();
  const answer = await fetch(`${stage.appUrl}/pay/return/${id}/${token}`, { redirect: "manual" });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`/order/confirmed/${id}?token=${token}`);
});

withLookup.story("whoever comes back by the session's token has the provider asked, and the same settling makes the order", async () => {
  const { start } = await openOwn();
  const { id, token, checkoutUrl } = await start();
  await stage.pay(checkoutUrl, "approve", { tells: "never", afterEnd: true });
  const { rows } = await stage.owner.query<{ known: string }>("select session_token as known from order_session where id = $1", [id]);
  const back = () => fetch(`${stage.appUrl}/pay/return/${rows[0]?.known}/${token}`, { redirect: "manual" });
  const answers = await Promise.all([back(), back(), back()]);
  expect(answers.map(({ headers }) => headers.get("location"))).toEqual(Array(3).fill(`/order/confirmed/${id}?token=${token}`));
  await reaches(id, { status: "confirmed", number: 1 });
});
