import type { ChargeFact, KnownPayment, PaymentProvider, StartPayment } from "#domain/payment-provider.ts";
import { hasBeenApproved } from "#domain/payment-states.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { newReference } from "#platform/ids.ts";
import type { Listener } from "./listen.ts";

export const steps = ["keys", "start", "pay", "look_up", "list", "webhook", "refund", "close_early"] as const;
export type Step = (typeof steps)[number];
/** `not_checked`: nobody knows; `saw` says why. */
export type Walked = { step: Step; result: "as_expected" | "differs" | "not_checked"; saw: string };

export type Walk = {
  provider: PaymentProvider;
  /** Of the provider's webhooks, if they lead to this machine. */
  webhook: { url: string; listener: Listener } | null;
  returnUrl: string;
  /** How long somebody has to pay, and how long the provider has to answer. */
  waitMs: number;
  say(line: string): void;
  pause(ms: number): Promise<void>;
};
type Done = Omit<Walked, "step">;

const everyMs = 5000;
const seen = (saw: string): Done => ({ result: "as_expected", saw });
const differs = (saw: string): Done => ({ result: "differs", saw });
const unchecked = (saw: string): Done => ({ result: "not_checked", saw });

const expects: Record<Step, string> = {
  keys: "the provider accepts the keys",
  start: "a payment opens at the provider's page",
  pay: "once somebody has paid there, the payment is approved",
  look_up: "the charge is found by its id, with the money that was asked for",
  list: "the charge stands in the account's list",
  webhook: "a delivered webhook is proven to come from the provider",
  refund: "the money can be sent back by a call",
  close_early: "an open page can be closed, and stays closed",
};

/** Walks step by step, tells what it expects and sees, and goes on where a step fails. */
export async function walkSandbox(walk: Walk): Promise<Walked[]> {
  const walked: Walked[] = [];
  const take = async (step: Step, work: () => Promise<Done>): Promise<Done> => {
    walk.say(`… ${step}: expects that ${expects[step]}`);
    const done = await work().catch((error: unknown) => {
      if (error instanceof ProviderFailure) return error.kind === "unreachable" ? unchecked(error.message) : differs(error.message);
      throw error;
    });
    walked.push({ step, ...done });
    walk.say(`${marks[done.result]} ${step}: ${done.saw}`);
    return done;
  };
  await take("keys", () => testKeys(walk));
  let started: Started | null = null;
  await take("start", async () => {
    started = await start(walk);
    walk.say(`  Pay here: ${started.checkoutUrl}`);
    return seen(started.checkoutUrl);
  });
  const charge = await payAndWait(walk, started, take);
  await take("look_up", () => lookUp(walk, started, charge));
  await take("list", () => findInList(walk, charge));
  await take("webhook", () => awaitWebhook(walk, started !== null && (charge !== null || !canBeAsked(walk))));
  await take("refund", () => sendBack(walk, started, charge));
  await take("close_early", () => closeEarly(walk));
  return walked;
}

const marks = { as_expected: "OK     ", differs: "DIFFERS", not_checked: "?      " } as const;
type Take = (step: Step, work: () => Promise<Done>) => Promise<Done>;
type Started = { payment: StartPayment; known: KnownPayment; checkoutUrl: string };

async function testKeys({ provider }: Walk): Promise<Done> {
  const { ok, detail, refused, proven, unproven } = await provider.test();
  if (!ok) return differs(`${detail}${refused === null ? "" : ` (${refused})`}`);
  return seen(
    `accepted: ${proven.join(", ") || "nothing by name"}${unproven.length === 0 ? "" : `; no call can prove ${unproven.join(", ")}`}`,
  );
}

/** The smallest amount that the provider takes. */
async function start({ provider, webhook, returnUrl, waitMs }: Walk): Promise<Started> {
  const [currency, limits] = Object.entries(provider.capabilities.amounts)[0] ?? [];
  if (!currency || !limits) throw new ProviderFailure({ provider: provider.id, kind: "misconfigured", message: "it takes no currency" });
  const minutes = Math.max(30, provider.capabilities.pageMinutesMin, waitMs / 60_000);
  const payment: StartPayment = {
    reference: newReference(),
    amountMinor: Math.ceil(Math.max(1, limits.minMinor) / limits.stepMinor) * limits.stepMinor,
    currency,
    expiresAt: new Date(Date.now() + minutes * 60_000),
    returnUrl,
    webhookUrl: webhook?.url ?? returnUrl,
    description: "Konfirmado sandbox",
    locale: "es",
    customer: {
      ...{ name: "Ana Prueba", email: "ana@example.com", phone: "+573001234567" },
      document: provider.capabilities.asksFor.includes("document") ? { type: "CC", number: "1234567890" } : null,
    },
    mayBeSlow: false,
    sessionToken: null,
  };
  const { checkoutUrl, providerPaymentId } = await provider.start(payment);
  return { payment, known: { reference: payment.reference, providerPaymentId, currency }, checkoutUrl };
}

const canBeAsked = ({ provider }: Walk): boolean => provider.capabilities.lookup !== "none";

async function payAndWait(walk: Walk, started: Started | null, take: Take): Promise<ChargeFact | null> {
  let charge: ChargeFact | null = null;
  await take("pay", async () => {
    if (!started) return unchecked("no payment was opened");
    if (!canBeAsked(walk)) return unchecked("this provider cannot be asked: only its webhooks tell");
    let last = "there is no charge yet";
    for (let waited = 0; ; waited += everyMs) {
      const { charges } = await walk.provider.findCharges(started.known);
      charge = charges.find(({ state }) => hasBeenApproved(state)) ?? null;
      if (charge) return seen(`charge ${charge.providerChargeId} is ${charge.providerStatus}`);
      const [first] = charges;
      if (first) last = `charge ${first.providerChargeId} is ${first.providerStatus}`;
      if (waited >= walk.waitMs) return unchecked(`not approved within ${Math.round(walk.waitMs / 1000)} seconds: ${last}`);
      await walk.pause(everyMs);
    }
  });
  return charge;
}

async function lookUp({ provider }: Walk, started: Started | null, charge: ChargeFact | null): Promise<Done> {
  if (!started || !charge) return unchecked("there is no approved charge to look up");
  const found = await provider.findCharge(charge.providerChargeId);
  if (!found) return differs(`the provider knows no charge ${charge.providerChargeId}`);
  const { amountMinor, currency, reference } = found;
  const isSame =
    amountMinor === started.payment.amountMinor && currency === started.payment.currency && reference === started.known.reference;
  const saw = `${amountMinor} ${currency} (minor units) under ${reference}`;
  return isSame ? seen(saw) : differs(`${saw}, where ${started.payment.amountMinor} ${started.payment.currency} was asked for`);
}

const pagesMax = 20;

async function findInList({ provider }: Walk, charge: ChargeFact | null): Promise<Done> {
  if (!provider.listCharges) return unchecked("this provider lists no charges, so days cannot be compared with it");
  const span = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };
  let cursor: string | null = null;
  for (let page = 1; page <= pagesMax; page += 1) {
    const listed: Awaited<ReturnType<NonNullable<PaymentProvider["listCharges"]>>> = await provider.listCharges({ ...span, cursor });
    if (listed.unreadable.length > 0) return differs(`${listed.unreadable.length} rows cannot be read: ${listed.unreadable[0]?.why}`);
    if (charge && listed.charges.some(({ providerChargeId }) => providerChargeId === charge.providerChargeId))
      return seen(`it is on page ${page}`);
    cursor = listed.next;
    if (cursor === null) return charge ? differs("the list does not show the charge") : seen("the list can be read");
  }
  return unchecked(`it is not on the first ${pagesMax} pages`);
}

async function awaitWebhook({ webhook, waitMs, pause }: Walk, mayCome: boolean): Promise<Done> {
  if (!webhook) return unchecked("no address was given (--webhook https://…), so none could arrive");
  const { came } = webhook.listener;
  // Nothing is sent before somebody has paid, and of whom cannot be asked it is the only word.
  for (let waited = 0; mayCome && came.length === 0 && waited < waitMs; waited += everyMs) await pause(everyMs);
  const proven = came.filter((event) => event !== null);
  if (proven.length > 0) return seen(`${proven.length} proven, the first is ${proven[0]?.eventKind}`);
  return came.length > 0 ? differs(`${came.length} came, and none is proven`) : unchecked("none came");
}

async function sendBack({ provider }: Walk, started: Started | null, charge: ChargeFact | null): Promise<Done> {
  const { refundByApi, voidByApi } = provider.capabilities.refunds;
  if (!refundByApi && !voidByApi) return unchecked("this provider takes no refunds by a call: somebody sends it back in its panel");
  if (!started || !charge) return unchecked("there is no approved charge to send back");
  const { amountMinor, currency, providerChargeId } = charge;
  const method = refundByApi ? "refund" : "void";
  const request = { payment: started.known, providerChargeId, amountMinor, currency, method } as const;
  const { result, providerStatus, detail } = await provider.refund({ ...request, idempotencyKey: `sandbox-${started.known.reference}` });
  const saw = `the ${method} was ${result} (${providerStatus}${detail === null ? "" : `: ${detail}`})`;
  return result === "accepted" ? seen(saw) : differs(saw);
}

async function closeEarly(walk: Walk): Promise<Done> {
  const { provider } = walk;
  if (!provider.capabilities.canCloseEarly || !provider.close) return unchecked("this provider cannot close a page");
  const { known } = await start(walk);
  const first = await provider.close(known);
  const again = await provider.close(known);
  return first === "closed" && again === "closed" ? seen("closed, twice") : differs(`it says ${first}, then ${again}`);
}
