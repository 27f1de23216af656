import type { ChargeState } from "#domain/payment-states.ts";
import type { Account, Delivered, NewCharge, Outcome, Payer, TellingHabits } from "../../support/payers/payer.ts";
import { sign } from "./made-up.ts";
import type { MadeUpWorld } from "./simulator.ts";

const wordOf: Record<"pending" | "approved" | "declined" | "voided", string> = {
  ...{ pending: "pending", approved: "paid", declined: "rejected", voided: "returned" },
};
const stateOf: Record<string, ChargeState> = { paid: "approved", rejected: "declined", returned: "refunded" };
const outcomeOf: Record<Outcome, string | null> = {
  ...{ approve: "paid", approve_without_return: "paid", decline: "rejected", decline_and_stay: "rejected", error: "rejected" },
  ...{ pending: "pending", leave_unpaid: null },
};

/** The buyer's hand at the made-up provider. What the shared suite does not press is not made. */
export function madeUpPayer({ world, charge: make }: MadeUpWorld, account: Account): Payer {
  const tell = async (charge: object, { tells, copies = 1, signature }: TellingHabits = {}): Promise<Delivered[]> => {
    if (tells === "never") return [];
    const body = JSON.stringify({ at: new Date().toISOString(), charge, email: "ana.perez@example.com" });
    const { webhookSecret = "" } = account.credentials;
    const headers = {
      "content-type": "application/json",
      "x-made-up-signature": sign(body, signature === "wrong" ? "stranger" : webhookSecret),
    };
    const deliveries: Delivered[] = [];
    for (let copy = 0; copy < copies; copy += 1) {
      const { status } = await fetch(account.webhookUrl, { method: "POST", headers, body });
      deliveries.push({ status, milliseconds: 0 });
    }
    return deliveries;
  };
  const named = (chargeId: string | undefined) => {
    const charge = world.charges.get(chargeId ?? "");
    if (!charge) throw new Error(`there is no charge ${chargeId}`);
    return charge;
  };
  const moneyOf = ({ reference, amountMinor, currency = "COP", state = "approved" }: NewCharge) => ({
    ...{ reference, amount: amountMinor, currency, status: wordOf[state] },
  });
  return {
    openAccount: async () => account,
    moveWebhooks: async () => {},
    async pay(checkoutUrl, outcome, habits = {}) {
      const payment = world.payments.get(new URL(checkoutUrl).pathname.split("/").at(-1) ?? "");
      if (!payment) throw new Error("no such page");
      const word = outcomeOf[outcome];
      const paid = { reference: payment.reference, returnUrl: payment.return_url };
      if (word === null) return { ...paid, chargeIds: [], deliveries: [] };
      const { amountMinor: amount = payment.amount, currency = payment.currency, inUnknownWord } = habits;
      const charge = make({ reference: payment.reference, amount, currency, status: inUnknownWord ? "in_orbit" : word });
      return { ...paid, chargeIds: [charge.id], deliveries: await tell(charge, habits) };
    },
    async decide(chargeId, decision, habits = {}) {
      const charge = named(chargeId);
      Object.assign(charge, { status: wordOf[decision], paid_at: new Date().toISOString() });
      await tell(charge, habits);
    },
    tellAgain: (chargeId, habits = {}) => tell(named(chargeId), habits),
    async charge(_account, charge, habits = {}) {
      const made = make(moneyOf(charge));
      return { id: made.id, deliveries: await tell(made, habits) };
    },
    tell: (_account, charge, habits = {}) => tell({ id: charge.id ?? "c0x9", ...moneyOf(charge), paid_at: null }, habits),
    deliverTo: async () => 0,
    forge: async () => ({}),
    tellOfNoMoney: async () => 0,
    async behave(_account, habits) {
      Object.assign(world.habits, habits);
    },
    async calm() {
      world.habits = {};
    },
    charges: async () =>
      [...world.charges.values()].map(({ id, reference, status, amount, currency }) => ({
        ...{ id, reference, currency, amountMinor: amount, state: stateOf[status] ?? "pending" },
      })),
    events: async () => [],
  };
}
