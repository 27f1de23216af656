import { randomBytes } from "node:crypto";
import type { ChargeState } from "#domain/payment-states.ts";
import { deliverTo, forge, tellOfNoMoney } from "./bold-by-hand.ts";
import {
  chargeHabitFields,
  decisionFields,
  moneyFields,
  newChargeFields,
  outcomeFields,
  paymentFields,
  tellingFields,
} from "./bold-fields.ts";
import { apiFields } from "./fields.ts";
import { type Answer, deliveriesOf, movesOf } from "./moves.ts";
import type { Delivered, Payer, TestedProvider } from "./payer.ts";

type SentEvent = { chargeId: string; status: string; body: string; attempts: Delivered[] };
type State = {
  payments: { id: string; reference: string; status: string; total: number; tip: number; currency: string }[];
  events: SentEvent[];
};

export const testedBold: TestedProvider = {
  id: "bold",
  words: { voided: "VOID_APPROVED", declined: "SALE_REJECTED", notVoidable: "no_refund_api" },
  signsReference: true,
  panelSendsBackAs: "voided",
  closingCancelsPending: false,
  testKeyIsShared: true,
  hasChargePerTry: true,
  tellsAtOwnAddress: false,
  tellsLateEnds: false,
  returnQuery: "bold-order-id=KF-X&bold-tx-status=approved",
  environment: (simulatorsUrl) => ({ BOLD_API_URL: `${simulatorsUrl}/bold/api` }),
  newCredentials: newBoldKeys,
  newChargeId: () => `CN${randomBytes(6).toString("hex").toUpperCase()}`,
  // Not `time`, whose nanoseconds are rounded when the text is masked.
  factOf(storedBody) {
    const { id, type, data } = JSON.parse(storedBody) as { id: string; type: string; data: { payment_id: string } };
    return [data.payment_id, type, id].join(" ");
  },
  payer: (simulatorsUrl) => boldPayer(`${simulatorsUrl}/bold`),
};

/** Shaped like the keys of the documentation: words of letters and digits without a prefix. */
export function newBoldKeys(): { identityKey: string; secretKey: string } {
  return { identityKey: `aA0${randomBytes(30).toString("base64url")}`, secretKey: `bB1${randomBytes(18).toString("base64url")}` };
}

function boldPayer(at: string): Payer {
  const { common, press, deliveries, readState } = movesOf<State>({
    at,
    accountField: "identityKey",
    accountOf: ({ credentials }) => credentials["identityKey"] ?? "",
    accountsAt: "/panel/merchants",
    webhookField: "webhookUrl",
    newCredentials: newBoldKeys,
    told: "events",
    tellAgain: "send-event",
    charges: "/payments",
    charge: "payment",
    tellingFields,
    habitFields: (habits) => ({ ...tellingFields(habits), ...apiFields(habits) }),
    newChargeFields,
  });
  return {
    ...common,
    async pay(checkoutUrl, outcome, habits = {}) {
      const link = new URL(checkoutUrl).pathname.split("/").at(-1);
      const paid = await press("/pay", { link, outcome: outcomeFields[outcome], ...paymentFields(habits) });
      const { reference, paymentIds, returnUrl } = paid as Answer & {
        reference: string;
        paymentIds: string[];
        returnUrl: string | null;
      };
      return { reference, chargeIds: paymentIds, returnUrl, deliveries: deliveries(paid) };
    },
    async decide(chargeId, decision, habits = {}) {
      const fields = { status: decisionFields[decision], ...tellingFields(habits), ...chargeHabitFields(habits), ...moneyFields(habits) };
      await press(`/payments/${chargeId}/resolve`, fields);
    },
    deliverTo,
    forge,
    tellOfNoMoney,
    charges: async (account) =>
      (await readState(account)).payments.map(({ id, reference, status, total, tip, currency }) => ({
        ...{ id, reference, currency },
        state: stateOf(status),
        amountMinor: (total - tip) * 100,
      })),
    events: async (account) =>
      (await readState(account)).events.map((event) => ({
        chargeId: event.chargeId,
        state: stateOf(event.status),
        fact: testedBold.factOf(event.body),
        deliveries: deliveriesOf([event]),
      })),
  };
}

const states: Record<string, ChargeState> = { APPROVED: "approved", REJECTED: "declined", FAILED: "error", VOIDED: "voided" };
/** A word that Bold has never used may still become anything. */
const stateOf = (status: string): ChargeState => states[status] ?? "pending";
