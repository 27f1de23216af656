import { randomBytes } from "node:crypto";
import type { ChargeState } from "#domain/payment-states.ts";
import { apiFields, pageOutcomes } from "./fields.ts";
import { type Answer, deliveriesOf, movesOf } from "./moves.ts";
import type { Account, Delivered, MoneyBack, Payer, TestedProvider } from "./payer.ts";
import { deliverTo, forge, tellOfNoMoney } from "./stripe-by-hand.ts";
import { chargeHabitFields, decisionFields, moneyFields, newChargeFields, paymentFields, tellingFields } from "./stripe-fields.ts";
import { newStripeKeys, stripeKeys } from "./stripe-keys.ts";

type SentEvent = { eventId: string; type: string; intentId: string | null; body: string; attempts: Delivered[] };
type Intent = {
  id: string;
  status: string;
  amount: number;
  currency: string;
  metadata: { reference?: string };
  lastError: { code?: string } | null;
  charge: { amount: number; amountRefunded: number; status: string } | null;
};
type Refund = { id: string; status: string; pendingReason: string | null };
type State = { intents: Intent[]; refunds: Refund[]; events: SentEvent[] };

export const testedStripe: TestedProvider = {
  id: "stripe",
  // What was paid and sent back is still a payment that succeeded.
  words: { voided: "succeeded", declined: "requires_payment_method", notVoidable: "charge_disputed" },
  signsReference: true,
  panelSendsBackAs: "refunded",
  closingCancelsPending: false,
  testKeyIsShared: false,
  hasChargePerTry: false,
  tellsAtOwnAddress: false,
  tellsLateEnds: true,
  returnQuery: "session_id=cs_test_a1somebody",
  environment: (simulatorsUrl) => ({ STRIPE_API_URL: simulatorsUrl }),
  newCredentials: newStripeKeys,
  newChargeId: () => `pi_3${randomBytes(8).toString("hex")}`,
  factOf: (storedBody) => (JSON.parse(storedBody) as { id: string }).id,
  payer: (simulatorsUrl) => stripePayer(`${simulatorsUrl}/stripe`),
};

function stripePayer(at: string): Payer {
  const { common, press, turn, deliveries, readState } = movesOf<State>({
    at,
    accountField: "accountId",
    accountOf: (account) => stripeKeys(account).accountId,
    accountsAt: "/panel/accounts",
    webhookField: "eventsUrl",
    newCredentials: newStripeKeys,
    told: "events",
    tellAgain: "send-event",
    charges: "/payments",
    charge: "intent",
    tellingFields,
    habitFields: (habits) => ({ ...tellingFields(habits), ...apiFields(habits) }),
    newChargeFields,
  });
  return {
    ...common,
    async pay(checkoutUrl, outcome, habits = {}) {
      const session = new URL(checkoutUrl).pathname.split("/").at(-1);
      const paid = await press(`/c/pay/${session}`, { outcome: pageOutcomes[outcome], ...paymentFields(habits) });
      const { reference, intentIds, redirectUrl } = paid as Answer & {
        reference: string;
        intentIds: string[];
        redirectUrl: string | null;
      };
      return { reference, chargeIds: intentIds, returnUrl: redirectUrl, deliveries: deliveries(paid) };
    },
    async decide(chargeId, decision, habits = {}) {
      if (decision === "voided") return void (await press(`/payments/${chargeId}/refund`, tellingFields(habits)));
      const fields = { ...tellingFields(habits), ...chargeHabitFields(habits), ...moneyFields(habits) };
      await press(`/payments/${chargeId}/decide`, { decision: decisionFields[decision], ...fields });
    },
    deliverTo,
    forge,
    tellOfNoMoney,
    moneyBack: moneyBack({ press, turn, readState }),
    charges: async (account) =>
      (await readState(account)).intents.map((intent) => ({
        id: intent.id,
        reference: intent.metadata.reference ?? "",
        currency: intent.currency.toUpperCase(),
        state: stateOf(intent),
        amountMinor: intent.amount,
      })),
    events: async (account) =>
      (await readState(account)).events.map((event) => ({
        chargeId: event.intentId ?? "",
        state: toldState(event.body),
        fact: testedStripe.factOf(event.body),
        deliveries: deliveriesOf([event]),
      })),
  };
}

type Hands = {
  press(path: string, fields: object): Promise<object>;
  turn(account: Account, knobs: object): Promise<void>;
  readState(account: Account): Promise<State>;
};

const moneyBack = ({ press, turn, readState }: Hands): MoneyBack => ({
  refund: async (chargeId, amountMinor) => idIn(await press(`/payments/${chargeId}/refund`, { amount: amountMinor }), "refund"),
  failRefund: async (refundId) => void (await press(`/refunds/${refundId}/fail`, {})),
  async balance(account, is) {
    await turn(account, { refunds: is === "short" ? "insufficient" : "succeeded" });
    if (is === "short") return;
    // Stripe sends what was waiting for the balance.
    const waiting = (await readState(account)).refunds.filter(({ pendingReason }) => pendingReason === "insufficient_funds");
    for (const { id } of waiting) await press(`/refunds/${id}/finish`, {});
  },
  dispute: async (chargeId, kind, amountMinor) =>
    idIn(await press(`/payments/${chargeId}/dispute`, { kind, ...(amountMinor && { amount: amountMinor }) }), "dispute"),
  decideDispute: async (disputeId, decision) => void (await press(`/disputes/${disputeId}/close`, { decision })),
});

function idIn(answer: object, name: "refund" | "dispute"): string {
  const { [name]: made } = answer as Partial<Record<"refund" | "dispute", { id: string }>>;
  if (!made) throw new Error(`the simulator made no ${name}`);
  return made.id;
}

/** A word that Stripe has never used may still become anything. */
function stateOf({ status, lastError, charge }: Pick<Intent, "status" | "lastError" | "charge">): ChargeState {
  if (status === "canceled") return "cancelled";
  if (status === "requires_payment_method" && lastError) return lastError.code === "processing_error" ? "error" : "declined";
  if (status !== "succeeded") return "pending";
  if (!charge || charge.amountRefunded === 0) return "approved";
  return charge.amountRefunded < charge.amount ? "partly_refunded" : "refunded";
}

type ToldObject = {
  last_payment_error?: { code?: string } | null;
  status?: string;
  payment_status?: string;
  amount?: number;
  amount_refunded?: number;
};

function toldState(body: string): ChargeState {
  const { type, data } = JSON.parse(body) as { type: string; data: { object: ToldObject } };
  const { status = "", payment_status: paid, amount = 0, amount_refunded: amountRefunded = 0 } = data.object;
  if (type.startsWith("checkout.session.")) return paid === "paid" ? "approved" : type.endsWith("failed") ? "declined" : "pending";
  if (type.startsWith("charge.dispute.")) return "disputed";
  if (type.startsWith("charge.")) return stateOf({ status, lastError: null, charge: { amount, amountRefunded, status } });
  return stateOf({ status, lastError: data.object.last_payment_error ?? null, charge: null });
}
