import { z } from "zod";
import { apiKnobsOf, type Knobs, type SomeKnobs, withKnobs } from "./knobs.ts";
import { type Action, announce } from "./notices.ts";
import { type Method, type MpAccount, type MpPayment, methods, type Notice, type Preference } from "./shapes.ts";
import { changeStatus, createPayment, type MercadopagoWorld } from "./world.ts";

/** The holder's name chooses what becomes of a card: MP-docs localization/test-cards.en.md */
export const holders = {
  APRO: ["approved", "accredited"],
  CONT: ["in_process", "pending_contingency"],
  OTHE: ["rejected", "cc_rejected_other_reason"],
  CALL: ["rejected", "cc_rejected_call_for_authorize"],
  FUND: ["rejected", "cc_rejected_insufficient_amount"],
  SECU: ["rejected", "cc_rejected_bad_filled_security_code"],
  EXPI: ["rejected", "cc_rejected_bad_filled_date"],
  FORM: ["rejected", "cc_rejected_bad_filled_other"],
} as const;
export type Holder = keyof typeof holders;
export const holderNames = Object.keys(holders).filter((name): name is Holder => Object.hasOwn(holders, name));

/** `bank`: what the bank, or the cashier, says at once. Otherwise the payment waits. */
const banks = { approves: ["approved", "accredited"], refuses: ["rejected", "bank_error"] } as const;

export const paySchema = z.object({
  pref_id: z.string().min(1),
  method: z.enum(methods).default("card"),
  holder: z
    .string()
    .transform((name) => name.trim().toUpperCase())
    .refine((name): name is Holder => Object.hasOwn(holders, name), "no such test holder")
    .default("APRO"),
  bank: z.enum(["approves", "refuses", "later"]).default("later"),
  leave: z.enum(["return", "stay", "gone", "without_paying"]).default("return"),
});
export type Choice = z.output<typeof paySchema>;

export type Paid = { reference: string | null; paymentIds: string[]; status: string | null; redirectUrl: string | null; notices: Notice[] };

/** Does what a press of the hosted page's button does. */
export async function pay(
  world: MercadopagoWorld,
  { account, preference }: Checkout,
  { choice, changes }: { choice: Choice; changes: SomeKnobs },
): Promise<Paid> {
  const { reference } = preference;
  if (choice.leave === "without_paying")
    return { reference, paymentIds: [], status: null, redirectUrl: backUrl(preference, undefined), notices: [] };
  account.knobs = withKnobs(account.knobs, apiKnobsOf(changes));
  const knobs = withKnobs(account.knobs, changes);
  const end = endOf(choice, preference);
  const count = end?.[0] === "approved" ? knobs.approvals : 1;
  const made = Array.from({ length: count }, () => begin(world, { account, preference }, { method: choice.method, knobs }));
  const sent = await Promise.all(made.map((payment) => finish(world, { account, payment, knobs }, end)));
  const isLeaving = choice.leave === "return";
  return {
    reference,
    paymentIds: made.map(({ id }) => id),
    status: made[0]?.status ?? null,
    redirectUrl: isLeaving ? backUrl(preference, made[0]) : null,
    notices: sent.flat(),
  };
}

export type Checkout = { account: MpAccount; preference: Preference };
type End = readonly [string, string];

/** Returns null while a bank or a cashier decides. In binary mode a card's review is a no. */
function endOf({ method, holder, bank }: Choice, { binaryMode }: Preference): End | null {
  if (method === "wallet") return banks.approves;
  if (method !== "card") return bank === "later" ? null : banks[bank];
  return binaryMode && holder === "CONT" ? holders.OTHE : holders[holder];
}

function begin(world: MercadopagoWorld, { account, preference }: Checkout, { method, knobs }: { method: Method; knobs: Knobs }): MpPayment {
  const { reference } = preference;
  const amount = knobs.amount ?? preference.amount;
  const currency = knobs.currency ?? preference.currency;
  return createPayment(world, { account, knobs, method, reference, amount, currency, preference });
}

type Step = { account: MpAccount; payment: MpPayment; knobs: Knobs };

/** A payment that waits is told of at once, and again when it has its end. */
async function finish(world: MercadopagoWorld, step: Step, end: End | null): Promise<Notice[]> {
  const { payment, knobs } = step;
  if (end) decide(world, step, end);
  if (!end && knobs.lateApprovalSeconds > 0) {
    world.clock.at(world.clock.now() + knobs.lateApprovalSeconds * 1000, async () => {
      decide(world, step, banks.approves);
      await announce(world, { ...step, action: "payment.updated" });
    });
  }
  const actions: Action[] = knobs.noticeOrder === "updated_first" ? ["payment.updated", "payment.created"] : ["payment.created"];
  const sent: Notice[] = [];
  for (const action of actions) sent.push(...(await announce(world, { account: step.account, payment, knobs, action })));
  return sent;
}

export function decide(world: MercadopagoWorld, { payment, knobs }: Pick<Step, "payment" | "knobs">, end: End): void {
  const [status, detail] = end;
  changeStatus(world, payment, knobs.unknownStatus ? [knobs.unknownStatus, "nobody_knows"] : [status, detail]);
  payment.lagReadsLeft = knobs.apiLag;
}

/** Its parameters are documented, and nobody signs them: MP-docs checkout-pro/redirection.en.md */
export function backUrl({ backUrls, id, reference }: Preference, payment: MpPayment | undefined): string | null {
  const { success, pending = success, failure = success } = backUrls;
  const isWaiting = payment?.status === "pending" || payment?.status === "in_process";
  const base = payment?.status === "approved" ? success : isWaiting ? pending : failure;
  if (!base || !URL.canParse(base)) return null;
  const url = new URL(base);
  const status = payment?.status ?? "null";
  const paymentId = payment?.id ?? "null";
  const told = {
    collection_id: paymentId,
    collection_status: status,
    payment_id: paymentId,
    status,
    external_reference: reference ?? "null",
  };
  for (const [name, value] of Object.entries({ ...told, preference_id: id, site_id: "MCO", processing_mode: "aggregator" }))
    url.searchParams.set(name, value);
  return url.href;
}
