import { randomBytes, randomUUID } from "node:crypto";
import type { ChargeState } from "#domain/payment-states.ts";
import { orderWord } from "#providers/payments/addi/callback.ts";
import { deliverTo, forge } from "./addi-by-hand.ts";
import { apiFields, type Fields, given, momentOf, pesos } from "./fields.ts";
import { type Answer, deliveriesOf, movesOf } from "./moves.ts";
import type { Account, Decision, Delivered, NewCharge, Outcome, Payer, PaymentHabits, TellingHabits, TestedProvider } from "./payer.ts";

type Sent = { chargeId: string; status: string; body: string; attempts: Delivered[] };
type State = {
  applications: {
    id: string;
    orderId: string;
    status: string;
    totalAmount: number;
    approvedAmount: number;
    currency: string;
    isCancelled: boolean;
  }[];
  callbacks: Sent[];
};

export const testedAddi: TestedProvider = {
  id: "addi",
  words: { voided: "CANCELLED", declined: "REJECTED", notVoidable: "only_cancellations" },
  signsReference: true,
  panelSendsBackAs: null,
  closingCancelsPending: false,
  testKeyIsShared: false,
  hasChargePerTry: false,
  tellsAtOwnAddress: true,
  tellsLateEnds: false,
  returnQuery: "status=APPROVED",
  environment: (simulatorsUrl) => ({ ADDI_API_URL: `${simulatorsUrl}/addi/api` }),
  newCredentials: newAddiKeys,
  newChargeId: () => randomUUID(),
  factOf(storedBody) {
    const { applicationId, status, statusTimestamp } = JSON.parse(storedBody) as Record<string, string>;
    return [applicationId, status, statusTimestamp].join(" ");
  },
  payer: (simulatorsUrl) => addiPayer(`${simulatorsUrl}/addi`),
};

export function newAddiKeys() {
  return {
    allySlug: `clinica-${randomBytes(5).toString("hex")}`,
    clientId: `aA0${randomBytes(24).toString("base64url")}`,
    clientSecret: `bB1${randomBytes(45).toString("base64url")}`,
    callbackUser: "clinica",
    callbackPassword: `cC2${randomBytes(24).toString("base64url")}`,
  };
}

/** An application ends with its decision: there is no other try on the same page. */
const outcomeFields: Record<Outcome, string> = {
  approve: "approve",
  approve_without_return: "close",
  decline: "reject",
  decline_and_stay: "reject",
  error: "error",
  pending: "pending",
  leave_unpaid: "leave",
};
/** Addi's panel cannot be seen to void: a cancellation is ours, and tells nothing. */
const decisionFields: Record<Exclude<Decision, "voided">, string> = { approved: "APPROVED", declined: "REJECTED" };
const stateFields: Record<NonNullable<NewCharge["state"]>, string> = { ...decisionFields, pending: "PENDING" };

const telling = ({ tells, copies, delaySeconds, signature }: TellingHabits): Fields =>
  given({ callback: momentOf(tells), callbackCopies: copies, callbackDelaySeconds: delaySeconds, password: signature });

const habitFields = (habits: PaymentHabits): Fields => ({
  ...telling(habits),
  ...apiFields(habits),
  ...given({
    approvedAmount: pesos(habits.amountMinor),
    currency: habits.currency,
    unknownStatus: habits.inUnknownWord ? "IN_REVIEW" : undefined,
  }),
});

const newChargeFields = ({ id, reference, amountMinor, currency, state }: NewCharge, account: Account): Fields => ({
  orderId: reference,
  callbackUrl: callbackUrlOf(account, reference),
  ...given({ id, amount: pesos(amountMinor), currency, status: state && stateFields[state] }),
});

function addiPayer(at: string): Payer {
  const { common, press, put, deliveries, readState } = movesOf<State>({
    at,
    accountField: "clientId",
    accountOf: ({ credentials }) => credentials["clientId"] ?? "",
    accountsAt: "/panel/allies",
    newCredentials: newAddiKeys,
    told: "callbacks",
    tellAgain: "send-callback",
    charges: "/applications",
    charge: "application",
    tellingFields: telling,
    habitFields,
    newChargeFields,
  });
  return {
    ...common,
    // An application names its own address; this one replaces it.
    moveWebhooks: (account, callbackAt) => put(account, { callbackAt }),
    async pay(checkoutUrl, outcome, habits = {}) {
      const application = new URL(checkoutUrl).pathname.split("/").at(-1);
      const paid = await press("/apply", { application, outcome: outcomeFields[outcome], ...habitFields(habits) });
      const { orderId, applicationIds, redirectionUrl } = paid as Answer & {
        orderId: string;
        applicationIds: string[];
        redirectionUrl: string | null;
      };
      return { reference: orderId, chargeIds: applicationIds, returnUrl: redirectionUrl, deliveries: deliveries(paid) };
    },
    async decide(chargeId, decision, habits = {}) {
      if (decision === "voided") throw new Error("nobody but us cancels an application of the simulated Addi");
      await press(`/applications/${chargeId}/resolve`, { status: decisionFields[decision], ...habitFields(habits) });
    },
    deliverTo,
    forge,
    // Every callback of Addi is about money.
    tellOfNoMoney: async () => 200,
    charges: async (account) =>
      (await readState(account)).applications.map(
        ({ id, orderId: reference, status, totalAmount, approvedAmount, currency, isCancelled }) => ({
          ...{ id, reference, currency },
          state: isCancelled ? "refunded" : stateOf(status),
          amountMinor: (status === "APPROVED" ? approvedAmount : totalAmount) * 100,
        }),
      ),
    events: async (account) =>
      (await readState(account)).callbacks.map((sent) => ({
        chargeId: sent.chargeId,
        state: stateOf(sent.status),
        fact: testedAddi.factOf(sent.body),
        deliveries: deliveriesOf([sent]),
      })),
  };
}

/** As the connection tells it to Addi with an application. */
export function callbackUrlOf({ credentials, webhookUrl }: Account, reference: string): string {
  const url = new URL(webhookUrl);
  url.searchParams.set("t", orderWord({ allySlug: credentials["allySlug"] ?? "" }, reference));
  return url.href;
}

const states: Record<string, ChargeState> = {
  APPROVED: "approved",
  REJECTED: "declined",
  DECLINED: "declined",
  ABANDONED: "expired",
  INTERNAL_ERROR: "error",
};
/** A word that Addi has never used may still become anything. */
const stateOf = (status: string): ChargeState => states[status] ?? "pending";
