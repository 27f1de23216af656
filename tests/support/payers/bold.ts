import { randomBytes } from "node:crypto";
import type { ChargeState } from "#domain/payment-states.ts";
import { post } from "../post.ts";
import { deliverTo, forge, tellOfNoMoney } from "./bold-by-hand.ts";
import {
  apiFields,
  chargeHabitFields,
  decisionFields,
  moneyFields,
  newChargeFields,
  outcomeFields,
  paymentFields,
  tellingFields,
} from "./bold-fields.ts";
import type { Account, Delivered, Payer, TestedProvider } from "./payer.ts";

type Attempt = { status: number | null; milliseconds: number };
type SentEvent = { chargeId: string; status: string; body: string; attempts: Attempt[] };
type Answer = { events: SentEvent[] };
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
  const press = async (path: string, fields: object): Promise<Answer> => ({ events: [], ...(await post(`${at}${path}`, fields)) });
  const keyOf = ({ credentials }: Account) => credentials["identityKey"] ?? "";
  const readState = async (account: Account) =>
    (await (await fetch(`${at}/state?identityKey=${encodeURIComponent(keyOf(account))}`)).json()) as State;
  const putMerchant = async ({ credentials, webhookUrl }: Account) =>
    void (await press("/panel/merchants", { name: "Clínica", ...credentials, webhookUrl }));
  const turn = async (account: Account, knobs: object) => void (await press("/panel/knobs", { identityKey: keyOf(account), ...knobs }));
  const made = async (path: string, account: Account, fields: object) =>
    (await press(path, { identityKey: keyOf(account), ...fields })) as Answer & { payment: { id: string } };
  return {
    async openAccount(webhookUrl) {
      const account = { credentials: newBoldKeys(), webhookUrl };
      await putMerchant(account);
      return account;
    },
    moveWebhooks: (account, webhookUrl) => putMerchant({ ...account, webhookUrl }),
    async pay(checkoutUrl, outcome, habits = {}) {
      const link = new URL(checkoutUrl).pathname.split("/").at(-1);
      const paid = await post(`${at}/pay`, { link, outcome: outcomeFields[outcome], ...paymentFields(habits) });
      const { reference, paymentIds, returnUrl, events } = paid as Answer & {
        reference: string;
        paymentIds: string[];
        returnUrl: string | null;
      };
      return { reference, chargeIds: paymentIds, returnUrl, deliveries: deliveriesOf(events) };
    },
    async decide(chargeId, decision, habits = {}) {
      const fields = { status: decisionFields[decision], ...tellingFields(habits), ...chargeHabitFields(habits), ...moneyFields(habits) };
      await press(`/payments/${chargeId}/resolve`, fields);
    },
    tellAgain: async (chargeId, habits = {}) =>
      deliveriesOf((await press(`/payments/${chargeId}/send-event`, tellingFields(habits))).events),
    async charge(account, charge, habits = {}) {
      const { payment, events } = await made("/payments/create", account, { ...newChargeFields(charge), ...tellingFields(habits) });
      return { id: payment.id, deliveries: deliveriesOf(events) };
    },
    tell: async (account, charge, habits = {}) =>
      deliveriesOf((await made("/events/send", account, { ...newChargeFields(charge), ...tellingFields(habits) })).events),
    deliverTo,
    forge,
    tellOfNoMoney,
    behave: (account, habits) => turn(account, { ...tellingFields(habits), ...apiFields(habits) }),
    calm: (account) => turn(account, { reset: "on" }),
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

const deliveriesOf = (events: SentEvent[]): Delivered[] =>
  events.flatMap(({ attempts }) => attempts.map(({ status, milliseconds }) => ({ status, milliseconds })));

const states: Record<string, ChargeState> = { APPROVED: "approved", REJECTED: "declined", FAILED: "error", VOIDED: "voided" };
/** A word that Bold has never used may still become anything. */
const stateOf = (status: string): ChargeState => states[status] ?? "pending";
