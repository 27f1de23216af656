import { randomBytes, randomUUID } from "node:crypto";
import type { ChargeState } from "#domain/payment-states.ts";
import { orderWord } from "#providers/payments/addi/callback.ts";
import { post } from "../post.ts";
import { deliverTo, forge } from "./addi-by-hand.ts";
import type { Account, Decision, Delivered, NewCharge, Outcome, Payer, PaymentHabits, TellingHabits, TestedProvider } from "./payer.ts";

type Attempt = { status: number | null; milliseconds: number };
type Sent = { chargeId: string; status: string; body: string; attempts: Attempt[] };
type Answer = { callbacks: Sent[] };
type State = {
  applications: { id: string; orderId: string; status: string; totalAmount: number; approvedAmount: number; currency: string }[];
  callbacks: Sent[];
};
/** Our words as the fields and knobs of the simulated Addi, which counts pesos. */
type Fields = Record<string, string | number>;

export const testedAddi: TestedProvider = {
  id: "addi",
  words: { voided: "CANCELLED", declined: "REJECTED", notVoidable: "only_cancellations" },
  signsReference: true,
  panelSendsBackAs: null,
  closingCancelsPending: false,
  testKeyIsShared: false,
  hasChargePerTry: false,
  tellsAtOwnAddress: true,
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
const moments = { before_return: "before", after_return: "after", never: "never" };

const telling = ({ tells, copies, delaySeconds, signature }: TellingHabits): Fields =>
  given({ callback: tells && moments[tells], callbackCopies: copies, callbackDelaySeconds: delaySeconds, password: signature });

const habitFields = (habits: PaymentHabits): Fields => ({
  ...telling(habits),
  ...given({
    approvedAmount: pesos(habits.amountMinor),
    currency: habits.currency,
    unknownStatus: habits.inUnknownWord ? "IN_REVIEW" : undefined,
    apiStatus: habits.fails?.status,
    apiFailures: habits.fails?.times,
    apiDelayMs: habits.slowMs,
  }),
});

function addiPayer(at: string): Payer {
  const press = async (path: string, fields: object): Promise<Answer> => ({ callbacks: [], ...(await post(`${at}${path}`, fields)) });
  const clientOf = ({ credentials }: Account) => credentials["clientId"] ?? "";
  const putAlly = async ({ credentials }: Account, more: object = {}) =>
    void (await press("/panel/allies", { name: "Clínica", ...credentials, ...more }));
  const turn = async (account: Account, knobs: object) => void (await press("/panel/knobs", { clientId: clientOf(account), ...knobs }));
  const readState = async (account: Account) =>
    (await (await fetch(`${at}/state?clientId=${encodeURIComponent(clientOf(account))}`)).json()) as State;
  const made = async (
    path: string,
    account: Account,
    { id, reference, amountMinor, currency, state }: NewCharge,
    habits: TellingHabits,
  ) => {
    const callbackUrl = callbackUrlOf(account, reference);
    const money = given({ id, amount: pesos(amountMinor), currency, status: state && stateFields[state] });
    const fields = { clientId: clientOf(account), orderId: reference, callbackUrl, ...money, ...telling(habits) };
    return (await press(path, fields)) as Answer & { application: { id: string } };
  };
  return {
    async openAccount(webhookUrl) {
      const account = { credentials: newAddiKeys(), webhookUrl };
      await putAlly(account);
      return account;
    },
    moveWebhooks: (account, callbackAt) => putAlly(account, { callbackAt }),
    async pay(checkoutUrl, outcome, habits = {}) {
      const application = new URL(checkoutUrl).pathname.split("/").at(-1);
      const paid = await post(`${at}/apply`, { application, outcome: outcomeFields[outcome], ...habitFields(habits) });
      const { orderId, applicationIds, redirectionUrl, callbacks } = paid as Answer & {
        orderId: string;
        applicationIds: string[];
        redirectionUrl: string | null;
      };
      return { reference: orderId, chargeIds: applicationIds, returnUrl: redirectionUrl, deliveries: deliveriesOf(callbacks) };
    },
    async decide(chargeId, decision, habits = {}) {
      if (decision === "voided") throw new Error("nobody but us cancels an application of the simulated Addi");
      await press(`/applications/${chargeId}/resolve`, { status: decisionFields[decision], ...habitFields(habits) });
    },
    tellAgain: async (chargeId, habits = {}) =>
      deliveriesOf((await press(`/applications/${chargeId}/send-callback`, telling(habits))).callbacks),
    async charge(account, charge, habits = {}) {
      const { application, callbacks } = await made("/applications/create", account, charge, habits);
      return { id: application.id, deliveries: deliveriesOf(callbacks) };
    },
    tell: async (account, charge, habits = {}) => deliveriesOf((await made("/callbacks/send", account, charge, habits)).callbacks),
    deliverTo,
    forge,
    // Every callback of Addi is about money.
    tellOfNoMoney: async () => 200,
    behave: (account, habits) => turn(account, habitFields(habits)),
    calm: (account) => turn(account, { reset: "on" }),
    charges: async (account) =>
      (await readState(account)).applications.map(({ id, orderId: reference, status, totalAmount, approvedAmount, currency }) => ({
        ...{ id, reference, currency },
        state: stateOf(status),
        amountMinor: (status === "APPROVED" ? approvedAmount : totalAmount) * 100,
      })),
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

const deliveriesOf = (callbacks: Sent[]): Delivered[] =>
  callbacks.flatMap(({ attempts }) => attempts.map(({ status, milliseconds }) => ({ status, milliseconds })));

const states: Record<string, ChargeState> = {
  APPROVED: "approved",
  REJECTED: "declined",
  DECLINED: "declined",
  ABANDONED: "expired",
  INTERNAL_ERROR: "error",
};
/** A word that Addi has never used may still become anything. */
const stateOf = (status: string): ChargeState => states[status] ?? "pending";

const pesos = (minor: number | undefined): number | undefined => (minor === undefined ? undefined : minor / 100);

function given(fields: Record<string, string | number | undefined>): Fields {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string | number] => field[1] !== undefined));
}
