import { randomInt } from "node:crypto";
import type { ChargeState } from "#domain/payment-states.ts";
import { apiFields } from "./fields.ts";
import { deliverNotice, forgeNotices } from "./mercadopago-by-hand.ts";
import {
  chargeHabitFields,
  decisionFields,
  moneyFields,
  newChargeFields,
  outcomeFields,
  paymentFields,
  tellingFields,
  toMinor,
} from "./mercadopago-fields.ts";
import { accountNumber, mercadopagoKeys, newKeys } from "./mercadopago-keys.ts";
import { mercadopagoMoneyBack } from "./mercadopago-money.ts";
import { type Answer, deliveriesOf, movesOf } from "./moves.ts";
import type { Delivered, Payer, TestedProvider } from "./payer.ts";

type Notice = { paymentId: string; status: string; body: string; attempts: Delivered[] };
type State = {
  payments: { id: string; reference: string | null; status: string; statusDetail: string; amount: number; currency: string }[];
  notices: Notice[];
};

export const testedMercadopago: TestedProvider = {
  id: "mercadopago",
  // Nothing is voided here: what the panel sends back is a refund.
  words: { voided: "refunded/refunded", declined: "rejected/cc_rejected_other_reason", notVoidable: "there_are_only_refunds" },
  signsReference: false,
  panelSendsBackAs: "refunded",
  closingCancelsPending: true,
  testKeyIsShared: false,
  hasChargePerTry: true,
  tellsAtOwnAddress: false,
  tellsLateEnds: false,
  returnQuery: "payment_id=1234567&status=approved&collection_status=approved",
  environment: (simulatorsUrl) => ({ MERCADOPAGO_API_URL: `${simulatorsUrl}/mercadopago/api` }),
  newCredentials: newKeys,
  newChargeId: () => String(randomInt(200_000_000_000, 280_000_000_000)),
  factOf(storedBody) {
    const { id, action, data } = JSON.parse(storedBody) as { id: number; action?: string; data: { id: string } };
    return [data.id, action, id].join(" ");
  },
  payer: (simulatorsUrl) => mercadopagoPayer(`${simulatorsUrl}/mercadopago`),
};

function mercadopagoPayer(at: string): Payer {
  const { common, press, turn, deliveries, readState } = movesOf<State>({
    at,
    accountField: "account",
    accountOf: accountNumber,
    accountsAt: "/panel/accounts",
    webhookField: "webhookUrl",
    newCredentials: newKeys,
    told: "notices",
    tellAgain: "tell",
    charges: "/payments",
    charge: "payment",
    tellingFields,
    habitFields: (habits) => ({ ...tellingFields(habits), ...apiFields(habits) }),
    newChargeFields,
  });
  return {
    ...common,
    moveWebhooks: (account, webhookUrl) => turn(account, { noticeUrl: webhookUrl }),
    async pay(checkoutUrl, outcome, habits = {}) {
      const pref = new URL(checkoutUrl).searchParams.get("pref_id");
      const paid = await press("/checkout/pay", { pref_id: pref, ...paymentFields(habits), ...outcomeFields(outcome, habits.method) });
      const { reference, paymentIds, redirectUrl } = paid as Answer & {
        reference: string;
        paymentIds: string[];
        redirectUrl: string | null;
      };
      const returnUrl = outcome === "leave_unpaid" ? null : redirectUrl;
      return { reference, chargeIds: paymentIds, returnUrl, deliveries: deliveries(paid) };
    },
    async decide(chargeId, decision, habits = {}) {
      if (decision === "voided") return void (await press(`/payments/${chargeId}/refund`, tellingFields(habits)));
      const fields = { ...tellingFields(habits), ...chargeHabitFields(habits), ...moneyFields(habits) };
      await press(`/payments/${chargeId}/decide`, { status: decisionFields[decision], ...fields });
    },
    // No reference is in a notice. It names a payment that nobody but the notice knows.
    deliverTo: (url, account) =>
      deliverNotice({ url, secret: mercadopagoKeys(account).webhookSecret, dataId: testedMercadopago.newChargeId() }),
    forge: (account, _reference, sharedUrl) => forgeNotices(account, testedMercadopago.newChargeId(), sharedUrl),
    tellOfNoMoney: (account) =>
      deliverNotice({
        url: account.webhookUrl,
        secret: mercadopagoKeys(account).webhookSecret,
        dataId: "4455667788",
        type: "topic_merchant_order_wh",
      }),
    moneyBack: mercadopagoMoneyBack(at),
    charges: async (account) =>
      (await readState(account)).payments.map(({ id, reference, status, statusDetail, amount, currency }) => ({
        ...{ id, reference: reference ?? "", currency },
        state: stateOf(status, statusDetail),
        amountMinor: toMinor(amount, currency),
      })),
    events: async (account) =>
      (await readState(account)).notices.map((notice) => ({
        chargeId: notice.paymentId,
        state: stateOf(notice.status, ""),
        fact: testedMercadopago.factOf(notice.body),
        deliveries: deliveriesOf([notice]),
      })),
  };
}

const states: Record<string, ChargeState> = {
  approved: "approved",
  rejected: "declined",
  cancelled: "cancelled",
  refunded: "refunded",
  in_mediation: "disputed",
  charged_back: "disputed",
};

/** A word that Mercado Pago has never used may still become anything. */
function stateOf(status: string, detail: string): ChargeState {
  if (detail === "partially_refunded") return "partly_refunded";
  if (detail === "settled") return "charged_back";
  if (detail === "reimbursed") return "approved";
  return detail === "bank_error" ? "error" : (states[status] ?? "pending");
}
