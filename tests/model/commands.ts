import fc from "fast-check";
import { expect } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { book, hold, pay, retry, slotStart } from "../support/customer.ts";
import type { PaymentHabits } from "../support/payers/payer.ts";
import { payerAt } from "../support/payers/tested-provider.ts";
import { jump, poll, type Real, rows, runInbox, runRefunds, snapshot } from "./engine.ts";
import { checkAll } from "./invariants.ts";
import {
  answerInModel,
  customers,
  expireInModel,
  graceMinutes,
  holdMinutes,
  isAnswered,
  type Model,
  type ModelBooking,
  type ModelPayment,
  ownerOf,
  relabelLapsed,
  settleInModel,
  slots,
} from "./model.ts";

type Command = fc.AsyncCommand<Model, Real>;

function command(name: string, check: (model: Model) => boolean, run: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check,
    toString: () => name,
    async run(model, real) {
      await run(model, real);
      await checkAll(model, real);
    },
  };
}

const pickIn = <T>(from: readonly T[], n: number): T | undefined => (from.length === 0 ? undefined : from[n % from.length]);
const living = (model: Model) => model.bookings.filter((booking) => booking.status !== "gone");
const openPages = (model: Model) =>
  living(model).flatMap((booking) =>
    booking.payments.filter((payment) => payment.pageEnds > model.now).map((payment) => ({ booking, payment })),
  );
const allPayments = (model: Model) => living(model).flatMap((booking) => booking.payments.map((payment) => ({ booking, payment })));
const allCharges = (model: Model) => allPayments(model).flatMap((at) => at.payment.charges.map((charge) => ({ ...at, charge })));

/** Picks a slot, or another one: one's own hold never stands in the way. */
const pick = (customer: number, slot: number) =>
  command(
    `customer ${customer} picks slot ${slot}`,
    () => true,
    async (model, real) => {
      const own = model.holds.get(customer);
      const owner = ownerOf(model, slot);
      const isFree = owner === null || owner === own;
      const answer = await hold(real.world, real.clinic, { start: slotStart(slot), ...(own ? { session: own.session } : {}) });
      expect(answer.status).toBe(isFree ? 201 : 409);
      if (!isFree) return;
      relabelLapsed(model, slot);
      const isKept = own?.slot === slot && own.until > model.now;
      if (!isKept)
        model.holds.set(customer, {
          id: answer.body.id,
          session: answer.body.session,
          slot,
          from: model.now,
          until: model.now + holdMinutes,
        });
    },
  );

const start = (customer: number) =>
  command(
    `customer ${customer} goes to pay`,
    (model) => model.holds.has(customer),
    async (model, real) => {
      const held = model.holds.get(customer);
      if (!held) return;
      const answer = await book(real.world, real.clinic, { holdId: held.id, session: held.session });
      const isAlive = held.until > model.now;
      // A lapsed hold whose row has been tidied away is not known any more.
      expect(isAlive ? ["201"] : ["hold_expired", "hold_unknown"]).toContain(answer.body.code ?? "201");
      if (!isAlive) return;
      model.holds.delete(customer);
      const visibleEnd = Math.min(model.now + holdMinutes, held.from + 2 * holdMinutes);
      const payment = await newPayment(real, answer.body, visibleEnd);
      model.bookings.push({
        id: answer.body.id,
        token: answer.body.token,
        slot: held.slot,
        customer,
        status: "pending",
        madeAt: model.now,
        visibleEnd,
        claim: "paying",
        payments: [payment],
      });
    },
  );

async function newPayment(real: Real, answer: { reference: string; checkoutUrl: string }, pageEnds: number): Promise<ModelPayment> {
  const found = await rows<{ id: string; reference: string }>(real, "select id, reference from payment where tenant_id = $1");
  const id = found.find((row) => row.reference === answer.reference)?.id ?? "";
  return { id, reference: answer.reference, checkoutUrl: answer.checkoutUrl, pageEnds, charges: [] };
}

const tryAgain = (n: number) =>
  command(
    `another try for booking ${n}`,
    (model) => living(model).length > 0,
    async (model, real) => {
      const booking = pickIn(living(model), n);
      if (!booking) return;
      const answer = await retry(real.world, booking);
      const isOpen = booking.status === "pending" && booking.visibleEnd > model.now;
      expect(answer.body.code ?? "201").toBe(isOpen ? "201" : booking.status === "paid" ? "already_paid" : "checkout_closed");
      if (isOpen) booking.payments.push(await newPayment(real, answer.body, booking.visibleEnd));
    },
  );

type How = "approve" | "decline" | "pending" | "wrong amount" | "wrong currency";
const played: Record<How, { outcome: "approve" | "decline" | "pending"; habits: PaymentHabits }> = {
  approve: { outcome: "approve", habits: {} },
  decline: { outcome: "decline", habits: {} },
  pending: { outcome: "pending", habits: {} },
  "wrong amount": { outcome: "approve", habits: { amountMinor: 9_000_000 } },
  "wrong currency": { outcome: "approve", habits: { currency: "USD" } },
};

/** The customer pays, and nobody tells us yet. */
const payAt = (n: number, how: How) =>
  command(
    `page ${n}: ${how}`,
    (model) => openPages(model).some(({ payment }) => payment.charges.every((charge) => charge.state !== "approved")),
    async (model, real) => {
      const page = pickIn(
        openPages(model).filter(({ payment }) => payment.charges.every((charge) => charge.state !== "approved")),
        n,
      );
      if (!page) return;
      const { outcome, habits } = played[how];
      const given = await pay(real.world, page.payment.checkoutUrl, outcome, {
        ...habits,
        tells: "never",
        afterEnd: true,
      }).catch(() => null);
      const state = outcome === "approve" ? "approved" : outcome === "decline" ? "declined" : "pending";
      for (const id of given?.chargeIds ?? [])
        page.payment.charges.push({ id, state, wrong: how.startsWith("wrong"), seen: null, cover: null });
    },
  );

const bankDecides = (n: number, isYes: boolean) =>
  command(
    `the bank says ${isYes ? "yes" : "no"} to charge ${n}`,
    (model) => allCharges(model).some(({ charge }) => charge.state === "pending"),
    async (model, real) => {
      const { charge } =
        pickIn(
          allCharges(model).filter((at) => at.charge.state === "pending"),
          n,
        ) ?? {};
      if (!charge) return;
      charge.state = isYes ? "approved" : "declined";
      await payerAt(real.world).decide(charge.id, isYes ? "approved" : "declined", { tells: "never" });
    },
  );

/**
 * The provider's event, perhaps again, perhaps for another payment of the same booking, early or
 * late: told and settled.
 */
const tell = (n: number, copies: number) =>
  command(
    `event of charge ${n}, ${copies} times`,
    (model) => !model.isAway && allCharges(model).some(({ charge }) => charge.state !== "pending"),
    async (model, real) => {
      const at = pickIn(
        allCharges(model).filter(({ charge }) => charge.state !== "pending"),
        n,
      );
      if (!at) return;
      const before = await countInbox(real);
      await payerAt(real.world).tellAgain(at.charge.id, { copies });
      // Told within the second of an earlier telling it is that event, and settles nothing.
      if ((await countInbox(real)) === before) return;
      await runInbox(real);
      settleInModel(model, at.booking, at.payment);
    },
  );

async function countInbox(real: Real): Promise<number> {
  return (await rows(real, "select id, state from inbox_event where tenant_id = $1")).length;
}

/** The same fact twice changes nothing: not a state, not an event, not a follow-up. */
const askTwice = (n: number) =>
  command(
    `payment ${n} is asked about, twice`,
    (model) => allPayments(model).length > 0,
    async (model, real) => {
      const at = pickIn(allPayments(model), n);
      if (!at) return;
      await poll(real, at.payment.id);
      const once = await snapshot(real);
      await poll(real, at.payment.id);
      expect(await snapshot(real)).toEqual(once);
      if (!model.isAway) answerInModel(model, at.booking, at.payment);
    },
  );

const pass = (minutes: number) =>
  command(
    `${minutes} minutes pass`,
    () => true,
    async (model, real) => {
      await jump(real, minutes);
      model.now += minutes;
    },
  );

/** Payment pages work all the while: what is paid is not known here. */
const goAway = (isAway: boolean) =>
  command(
    isAway ? "the provider's API goes away" : "the provider's API is back",
    (model) => model.isAway !== isAway,
    async (model, real) => {
      const payer = payerAt(real.world);
      if (isAway) await payer.behave(real.clinic.account, { fails: { status: 503, times: 1000 } });
      else await payer.calm(real.clinic.account);
      model.isAway = isAway;
    },
  );

const expire = () =>
  command(
    "the timers of all holds come",
    (model) => living(model).length > 0,
    async (model, real) => {
      for (const booking of living(model)) {
        await expireCheckout({ tenantId: real.clinic.tenantId, checkoutId: booking.id });
        expireInModel(model, booking);
      }
    },
  );

const cancel = (n: number) =>
  command(
    `booking ${n} is cancelled`,
    (model) => living(model).some((booking) => booking.status !== "cancelled"),
    async (model, real) => {
      const booking = pickIn(
        living(model).filter((one) => one.status !== "cancelled"),
        n,
      );
      if (!booking) return;
      await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: real.clinic.tenantId, checkoutId: booking.id } });
      for (const payment of booking.payments) for (const charge of payment.charges) if (charge.cover === "booked") charge.cover = "refund";
      booking.status = "cancelled";
      booking.claim = "none";
    },
  );

const refund = () =>
  command(
    "refund cases take a step",
    (model) => !model.isAway,
    async (_model, real) => runRefunds(real),
  );

const cleanUp = () =>
  command(
    "unpaid attempts are cleaned up",
    () => true,
    async (model) => {
      await cleanupUnpaid();
      for (const booking of living(model)) {
        expireInModel(model, booking);
        if (mayGo(model, booking)) Object.assign(booking, { status: "gone", claim: "none" });
      }
    },
  );

/**
 * Half an hour after it was made, once the provider has answered for each payment after its end; for one that was tried, after the
 * last moment at which a bank may approve it. Never with money.
 */
function mayGo(model: Model, booking: ModelBooking): boolean {
  const charges = booking.payments.flatMap((payment) => payment.charges.filter((charge) => charge.seen !== null));
  if (!["expired", "failed", "cancelled"].includes(booking.status) || charges.some((charge) => charge.cover !== null)) return false;
  const areOver = booking.payments.every((payment) => {
    const wasTried = payment.charges.some((charge) => charge.seen !== null);
    return isAnswered(model, payment) && (!wasTried || (model.asked.get(payment.id) ?? 0) >= payment.pageEnds + 72 * 60);
  });
  return areOver && model.now - booking.madeAt >= 30 && model.now - booking.visibleEnd >= graceMinutes;
}

const n = fc.nat({ max: 7 });
const outcome = fc.constantFrom<How>("approve", "approve", "approve", "decline", "pending", "wrong amount", "wrong currency");

/** Two customers are on the payment page, for neighbouring slots: where stories begin. */
export const opening = [pick(0, 0), start(0), pick(1, 1), start(1)];

/** Weighted by repetition: what moves a story on comes oftener. */
export const allCommands = [
  fc.tuple(fc.constantFrom(...customers), fc.constantFrom(...slots)).map(([customer, slot]) => pick(customer, slot)),
  fc.tuple(fc.constantFrom(...customers), fc.constantFrom(...slots)).map(([customer, slot]) => pick(customer, slot)),
  fc.constantFrom(...customers).map(start),
  fc.constantFrom(...customers).map(start),
  fc.constantFrom(...customers).map(start),
  n.map(tryAgain),
  fc.tuple(n, outcome).map(([at, how]) => payAt(at, how)),
  fc.tuple(n, outcome).map(([at, how]) => payAt(at, how)),
  fc.tuple(n, outcome).map(([at, how]) => payAt(at, how)),
  fc.tuple(n, fc.boolean()).map(([at, isYes]) => bankDecides(at, isYes)),
  fc.tuple(n, fc.integer({ min: 1, max: 3 })).map(([at, copies]) => tell(at, copies)),
  n.map(askTwice),
  n.map(askTwice),
  fc.tuple(n, fc.integer({ min: 1, max: 3 })).map(([at, copies]) => tell(at, copies)),
  fc.constantFrom(1, 3, 3, 7, 7, 11, 13, 35, 35, 4400).map(pass),
  fc.constantFrom(true, false, false).map(goAway),
  fc.constant(expire()),
  n.map(cancel),
  fc.constant(refund()),
  fc.constant(cleanUp()),
];
