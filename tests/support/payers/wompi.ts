import { randomInt } from "node:crypto";
import type { ChargeState } from "#domain/payment-states.ts";
import { apiFields, pageOutcomes } from "./fields.ts";
import { type Answer, deliveriesOf, movesOf } from "./moves.ts";
import type { Delivered, Payer, TestedProvider } from "./payer.ts";
import { deliverTo, forge, tellOfNoMoney } from "./wompi-by-hand.ts";
import { chargeHabitFields, decisionFields, moneyFields, newChargeFields, paymentFields, tellingFields } from "./wompi-fields.ts";
import { newKeys, wompiKeys } from "./wompi-keys.ts";

type SentEvent = { transactionId: string; status: string; body: string; attempts: Delivered[] };
type State = {
  transactions: { id: string; reference: string; status: string; amountInCents: number; currency: string }[];
  events: SentEvent[];
};

export const testedWompi: TestedProvider = {
  id: "wompi",
  words: { voided: "VOIDED", declined: "DECLINED", notVoidable: "only_cards_can_be_voided" },
  signsReference: false,
  panelSendsBackAs: "voided",
  closingCancelsPending: false,
  testKeyIsShared: false,
  hasChargePerTry: true,
  tellsAtOwnAddress: false,
  tellsLateEnds: false,
  returnQuery: "id=12-34-56&env=prod&status=APPROVED",
  environment: (simulatorsUrl) => ({
    WOMPI_API_URL: `${simulatorsUrl}/wompi/v1`,
    WOMPI_CHECKOUT_URL: `${simulatorsUrl}/wompi/p/`,
  }),
  newCredentials: newKeys,
  newChargeId: () => `12-${Math.floor(Date.now() / 1000)}-${randomInt(1e9)}`,
  // Not its checksum, of which scrubbing may take what looks like a card's number.
  factOf(storedBody) {
    const { data, timestamp } = JSON.parse(storedBody) as { data: { transaction: { id: string; status: string } }; timestamp: number };
    return [data.transaction.id, data.transaction.status, timestamp].join(" ");
  },
  payer: (simulatorsUrl) => wompiPayer(`${simulatorsUrl}/wompi`),
};

function wompiPayer(at: string): Payer {
  const { common, press, deliveries, readState } = movesOf<State>({
    at,
    accountField: "publicKey",
    accountOf: (account) => wompiKeys(account).publicKey,
    accountsAt: "/panel/merchants",
    webhookField: "eventsUrl",
    newCredentials: newKeys,
    told: "events",
    tellAgain: "send-event",
    charges: "/transactions",
    charge: "transaction",
    tellingFields,
    habitFields: (habits) => ({ ...tellingFields(habits), ...apiFields(habits) }),
    newChargeFields,
  });
  return {
    ...common,
    async pay(checkoutUrl, outcome, habits = {}) {
      const query = new URL(checkoutUrl).search.slice(1);
      const paid = await press("/p/pay", { query, outcome: pageOutcomes[outcome], ...paymentFields(habits) });
      const { reference, transactionIds, redirectUrl } = paid as Answer & {
        reference: string;
        transactionIds: string[];
        redirectUrl: string | null;
      };
      return { reference, chargeIds: transactionIds, returnUrl: redirectUrl, deliveries: deliveries(paid) };
    },
    async decide(chargeId, decision, habits = {}) {
      const fields = { status: decisionFields[decision], ...tellingFields(habits), ...chargeHabitFields(habits), ...moneyFields(habits) };
      await press(`/transactions/${chargeId}/resolve`, fields);
    },
    deliverTo,
    forge,
    tellOfNoMoney,
    charges: async (account) =>
      (await readState(account)).transactions.map(({ id, reference, status, amountInCents, currency }) => ({
        ...{ id, reference, currency },
        state: stateOf(status),
        amountMinor: amountInCents,
      })),
    events: async (account) =>
      (await readState(account)).events.map((event) => ({
        chargeId: event.transactionId,
        state: stateOf(event.status),
        fact: testedWompi.factOf(event.body),
        deliveries: deliveriesOf([event]),
      })),
  };
}

const states: Record<string, ChargeState> = { APPROVED: "approved", DECLINED: "declined", ERROR: "error", VOIDED: "voided" };
/** A word that Wompi has never used may still become anything. */
const stateOf = (status: string): ChargeState => states[status] ?? "pending";
