import { randomInt } from "node:crypto";
import type { ChargeState } from "#domain/payment-states.ts";
import { post } from "../post.ts";
import type { Account, Delivered, Payer, TestedProvider } from "./payer.ts";
import { deliverTo, forge, tellOfNoMoney } from "./wompi-by-hand.ts";
import {
  apiFields,
  chargeHabitFields,
  decisionFields,
  moneyFields,
  newChargeFields,
  outcomeFields,
  paymentFields,
  tellingFields,
} from "./wompi-fields.ts";
import { newKeys, wompiKeys } from "./wompi-keys.ts";

type Attempt = { status: number | null; milliseconds: number };
type SentEvent = { transactionId: string; status: string; body: string; attempts: Attempt[] };
type Answer = { events: SentEvent[] };
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
  const press = async (path: string, fields: object): Promise<Answer> => ({ events: [], ...(await post(`${at}${path}`, fields)) });
  const publicKeyOf = (account: Account) => wompiKeys(account).publicKey;
  const readState = async (account: Account) => (await (await fetch(`${at}/state?publicKey=${publicKeyOf(account)}`)).json()) as State;
  const putMerchant = async ({ credentials, webhookUrl }: Account) =>
    void (await press("/panel/merchants", { name: "Clínica", ...credentials, eventsUrl: webhookUrl }));
  const turn = async (account: Account, knobs: object) => void (await press("/panel/knobs", { publicKey: publicKeyOf(account), ...knobs }));
  return {
    async openAccount(webhookUrl) {
      const account = { credentials: newKeys(), webhookUrl };
      await putMerchant(account);
      return account;
    },
    moveWebhooks: (account, webhookUrl) => putMerchant({ ...account, webhookUrl }),
    async pay(checkoutUrl, outcome, habits = {}) {
      const query = new URL(checkoutUrl).search.slice(1);
      const paid = await post(`${at}/p/pay`, { query, outcome: outcomeFields[outcome], ...paymentFields(habits) });
      const { reference, transactionIds, redirectUrl, events } = paid as Answer & {
        reference: string;
        transactionIds: string[];
        redirectUrl: string | null;
      };
      return { reference, chargeIds: transactionIds, returnUrl: redirectUrl, deliveries: deliveriesOf(events) };
    },
    async decide(chargeId, decision, habits = {}) {
      const fields = { status: decisionFields[decision], ...tellingFields(habits), ...chargeHabitFields(habits), ...moneyFields(habits) };
      await press(`/transactions/${chargeId}/resolve`, fields);
    },
    tellAgain: async (chargeId, habits = {}) =>
      deliveriesOf((await press(`/transactions/${chargeId}/send-event`, tellingFields(habits))).events),
    async charge(account, charge, habits = {}) {
      const fields = { publicKey: publicKeyOf(account), ...newChargeFields(charge), ...tellingFields(habits) };
      const made = (await press("/transactions/create", fields)) as Answer & { transaction: { id: string } };
      return { id: made.transaction.id, deliveries: deliveriesOf(made.events) };
    },
    async tell(account, charge, habits = {}) {
      const fields = { publicKey: publicKeyOf(account), ...newChargeFields(charge), ...tellingFields(habits) };
      return deliveriesOf((await press("/events/send", fields)).events);
    },
    deliverTo,
    forge,
    tellOfNoMoney,
    behave: (account, habits) => turn(account, { ...tellingFields(habits), ...apiFields(habits) }),
    calm: (account) => turn(account, { reset: "on" }),
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

const deliveriesOf = (events: SentEvent[]): Delivered[] =>
  events.flatMap(({ attempts }) => attempts.map(({ status, milliseconds }) => ({ status, milliseconds })));

const states: Record<string, ChargeState> = { APPROVED: "approved", DECLINED: "declined", ERROR: "error", VOIDED: "voided" };
/** A word that Wompi has never used may still become anything. */
const stateOf = (status: string): ChargeState => states[status] ?? "pending";
