import { expect, vi } from "vitest";
import { newReference } from "#platform/ids.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { facts, refundOfCard } from "../engine/stories.ts";
import type { Clinic } from "../support/clinic.ts";
import { book, customerOfTests, hold, pay, retry, slotStart, state } from "../support/customer.ts";
import type { TestedProvider } from "../support/payers/payer.ts";
import { payerAt, testedProvider, testedProviders } from "../support/payers/tested-provider.ts";
import { post } from "../support/post.ts";
import { openShop } from "../support/shop/shelf.ts";
import { addProduct } from "../support/shop/shop.ts";
import { fill, orderBody, sendOrder } from "../support/shop/shopper.ts";
import { digital } from "../support/shop/stage.ts";
import { timePasses } from "../support/time-passes.ts";
import type { World } from "../support/world.ts";

export type Stage = { world: World; clinic: Clinic };
type Booking = { id: string; token: string; checkoutUrl: string };
/**
 * What a customer does, until nothing is left to do. A lost answer is asked for again, as a
 * browser's user does.
 */
export type Scenario = (stage: Stage) => Promise<{ bookingId: string; isOver: () => Promise<boolean> }>;

/**
 * A crash takes the answer away: the same question is asked again until the next process answers.
 * The half minute after which a request without an answer is taken for crashed passes at once.
 */
function insist<T extends { status: number }>({ world }: Stage, ask: () => Promise<T>, good: number): Promise<T> {
  return vi.waitFor(
    async () => {
      const answer = await ask().catch(async (error: unknown) => {
        await world.owner.query("update idempotency_key set created_at = created_at - interval '31 seconds' where answer is null");
        throw error;
      });
      expect(answer.status).toBe(good);
      return answer;
    },
    { timeout: 20_000, interval: 50 },
  );
}

async function reachPage(stage: Stage, start: string): Promise<Booking> {
  const { world, clinic } = stage;
  const held = await insist(stage, () => hold(world, clinic, { start, serviceId: clinic.onlineServiceId }), 201);
  const wish = {
    holdId: held.body.id,
    session: held.body.session,
    key: `key-${held.body.id}`,
    customer: { ...customerOfTests, email: `customer@${clinic.link}.example` },
  };
  return (await insist(stage, () => book(world, clinic, wish), 201)).body;
}

async function comeBack(stage: Stage, booking: Booking): Promise<void> {
  await insist(stage, () => fetch(`${stage.world.appUrl}/pay/return/${booking.id}/${booking.token}`, { redirect: "manual" }), 303);
}

const confirmed = (stage: Stage, booking: Booking) => async () => (await state(stage.world, booking)).status === "confirmed";

async function refunded({ world }: Stage, bookingId: string): Promise<boolean> {
  const { rows } = await world.owner.query("select state from refund_case where checkout_id = $1", [bookingId]);
  return rows.length === 1 && rows[0].state === refundOfCard.state;
}

/** An online appointment, paid; the provider tells us, and again until it was heard if it cannot be asked. */
const paid: Scenario = async (stage) => {
  const booking = await reachPage(stage, slotStart(0));
  const { chargeIds } = await pay(stage.world, booking.checkoutUrl, "approve", { afterEnd: true });
  await comeBack(stage, booking);
  const isConfirmed = confirmed(stage, booking);
  const isOver = async () => {
    const isDone = await isConfirmed();
    if (!isDone && facts.lookup === "none") await payerAt(stage.world).tellAgain(chargeIds[0]);
    return isDone;
  };
  return { bookingId: booking.id, isOver };
};

/** No webhook at all: whoever comes back has the provider asked. */
const paidInSilence: Scenario = async (stage) => {
  const booking = await reachPage(stage, slotStart(0));
  await pay(stage.world, booking.checkoutUrl, "approve", { afterEnd: true, tells: "never" });
  await comeBack(stage, booking);
  return { bookingId: booking.id, isOver: confirmed(stage, booking) };
};

/** Other money than was asked for, and no webhook: it goes back. */
const otherMoneyInSilence: Scenario = async (stage) => {
  const booking = await reachPage(stage, slotStart(0));
  await pay(stage.world, booking.checkoutUrl, "approve", { afterEnd: true, tells: "never", amountMinor: 9_000_000 });
  await comeBack(stage, booking);
  return { bookingId: booking.id, isOver: () => refunded(stage, booking.id) };
};

/** The video service fails once. */
const roomFailsOnce: Scenario = async (stage) => {
  await post(`${stage.world.simulatorsUrl}/daily/panel/knobs`, { failNext: 1, failStatus: "500" });
  return paid(stage);
};

/** Two tabs, two payments, no webhook at all: one is the booking's, the other goes back. */
const paidTwiceInSilence: Scenario = async (stage) => {
  const { world, clinic } = stage;
  await payerAt(world).behave(clinic.account, { tells: "never" });
  const booking = await reachPage(stage, slotStart(0));
  const second = await insist(stage, () => retry(world, booking), 201);
  await pay(world, booking.checkoutUrl, "approve", { afterEnd: true });
  await pay(world, second.body.checkoutUrl, "approve", { afterEnd: true });
  const isConfirmed = confirmed(stage, booking);
  return { bookingId: booking.id, isOver: async () => (await isConfirmed()) && (await refunded(stage, booking.id)) };
};

/** One page, two approvals under one reference, and no webhook: one answer tells both. */
const twoCharges: Scenario = async (stage) => {
  const booking = await reachPage(stage, slotStart(0));
  await pay(stage.world, booking.checkoutUrl, "approve", { afterEnd: true, approvals: 2, tells: "never" });
  const isConfirmed = confirmed(stage, booking);
  return { bookingId: booking.id, isOver: async () => (await isConfirmed()) && (await refunded(stage, booking.id)) };
};

/**
 * Signed by the provider, under a reference of ours that nothing has; only when its case is open does the
 * provider's API know it too.
 */
const unknownCharge: Scenario = async ({ world, clinic }) => {
  const payer = payerAt(world);
  const approval = { id: testedProvider.newChargeId(), reference: newReference(), amountMinor: 5_000_000 };
  await payer.tell(clinic.account, approval);
  const refundCase = await vi.waitFor(
    async () => {
      await world.owner.query(
        "update inbox_event set received_at = now() - interval '31 minutes' where reference = $1 and state = 'unmatched'",
        [approval.reference],
      );
      await world.owner.query(
        "update graphile_worker._private_jobs set run_at = now() where locked_at is null and key in (select 'inbox-' || id from inbox_event where reference = $1)",
        [approval.reference],
      );
      const { rows } = await world.owner.query<{ id: string }>("select id from refund_case where tenant_id = $1", [clinic.tenantId]);
      expect(rows).toHaveLength(1);
      return rows[0]?.id ?? "";
    },
    { timeout: 20_000, interval: 50 },
  );
  await payer.behave(clinic.account, { tells: "never" });
  await payer.charge(clinic.account, approval);
  const isOver = async () => {
    const { rows } = await world.owner.query("select state, method, unproven from refund_case where id = $1", [refundCase]);
    return (
      JSON.stringify(rows) === JSON.stringify([{ state: "done", method: facts.refunds.voidByApi ? "void" : "refund", unproven: null }])
    );
  };
  return { bookingId: refundCase, isOver };
};

async function reachOrder(stage: Stage): Promise<Booking> {
  const { world, clinic } = stage;
  const shop = { ...clinic, slug: clinic.link };
  await openShop(world, clinic);
  const product = await addProduct(world, shop, digital);
  const cartId = await fill(world, shop, { [product.variantIds[0]]: 2 });
  const body = await orderBody(world, shop, cartId);
  return (await insist(stage, () => sendOrder(world, cartId, body, `key-${cartId}`), 201)).body;
}

async function orderConfirmed({ world }: Stage, { id }: Booking): Promise<boolean> {
  const { rows } = await world.owner.query("select status from checkout where id = $1", [id]);
  return rows[0]?.status === "confirmed";
}

/** A cart, paid: its order exists once, with its number, its mails and its callback. */
const ordered: Scenario = async (stage) => {
  const order = await reachOrder(stage);
  const { chargeIds } = await pay(stage.world, order.checkoutUrl, "approve", { afterEnd: true });
  await comeBack(stage, order);
  const isOver = async () => {
    const isDone = await orderConfirmed(stage, order);
    if (!isDone && facts.lookup === "none") await payerAt(stage.world).tellAgain(chargeIds[0]);
    return isDone;
  };
  return { bookingId: order.id, isOver };
};

const orderedInSilence: Scenario = async (stage) => {
  const order = await reachOrder(stage);
  await pay(stage.world, order.checkoutUrl, "approve", { afterEnd: true, tells: "never" });
  await comeBack(stage, order);
  return { bookingId: order.id, isOver: () => orderConfirmed(stage, order) };
};

/** Nobody pays, and the time ends: the page is closed, then the slot is free. */
const leftUnpaid: Scenario = async (stage) => {
  const { world } = stage;
  const booking = await reachPage(stage, slotStart(0));
  await timePasses(world, booking.id, 15);
  const isOver = async () => {
    const { rows } = await world.owner.query(
      "select k.status, p.closed_at is not null as closed from checkout k join payment p on p.checkout_id = k.id where k.id = $1",
      [booking.id],
    );
    return JSON.stringify(rows) === JSON.stringify([{ status: "expired", closed: true }]);
  };
  return { bookingId: booking.id, isOver };
};

/** Where another provider than the tests' must be: one that can close a page. */
export const providerFor = (name: ScenarioName): TestedProvider | undefined =>
  name === "leftUnpaid"
    ? Object.values(testedProviders).find(({ id }) => paymentProvider(id)?.capabilities.canCloseEarly === true)
    : undefined;

export const scenarios = {
  leftUnpaid,
  paid,
  ordered,
  orderedInSilence,
  paidInSilence,
  roomFailsOnce,
  paidTwiceInSilence,
  otherMoneyInSilence,
  twoCharges,
  unknownCharge,
};
export type ScenarioName = keyof typeof scenarios;
