import { demo } from "#db/demo.ts";
import { refundDueDays } from "#domain/refund-policy.ts";
import { plainDateAt } from "#domain/slots.ts";
import { newId } from "#platform/ids.ts";
import { receive } from "./charges.ts";
import { tell } from "./journal.ts";
import type { MoneyBack } from "./plan.ts";
import type { Row } from "./rows.ts";
import type { PaidCharge, Told } from "./story.ts";

const { tenantId } = demo;
const dayMs = 86_400_000;
/** The provider's words when the day of a void is over, and our own for what is no card. */
const tooLate = '{"error":{"type":"INPUT_VALIDATION_ERROR","messages":{"transaction":["El plazo para anular terminó"]}}}';
const noCard = "only_cards_can_be_voided";

type Back = MoneyBack & { reason: "cancelled" | "requested" };

/**
 * A refund case from its opening to its end, as commands/refund-cases make it at a provider that
 * voids a card's whole charge on its own day and leaves everything else to a person.
 */
export function sendBack(told: Told, charge: PaidCharge, back: Back): void {
  const { rows, clinic, checkout, story } = told;
  const isWhole = back.amountMinor === charge.amount_minor;
  const refundCase = caseRow(charge, { checkoutId: checkout.id, back });
  rows.refund_case.push(refundCase);
  if (isWhole && back.reason !== "requested") charge.outcome = "refund_case";
  checkout.payment_status = "refunding";
  const { amount_minor: amountMinor, currency, reason } = refundCase;
  const details = { refundCaseId: refundCase.id, reason, chargeId: charge.id, amountMinor, currency };
  tell(story, { at: back.at + 2, kind: "refund_case.opened", actor: clinic.desk, details, refundCase: { ...refundCase, state: "open" } });
  const armed = { refundCaseId: refundCase.id, method: "void" };
  if (isWhole) tell(story, { at: back.at + 900, kind: "refund_case.armed", actor: "system", details: armed });
  refundCase.attempts = isWhole ? 1 : 0;
  if (isWhole && isOfThatDay(told, { charge, at: back.at })) voided(told, charge, refundCase);
  else byHand(told, { charge, refundCase, back, isWhole });
}

function caseRow(charge: PaidCharge, { checkoutId, back }: { checkoutId: string; back: Back }) {
  const id = newId(back.at);
  return {
    tenant_id: tenantId,
    id,
    number: numberBy(id),
    charge_id: charge.id,
    checkout_id: checkoutId,
    reason: back.reason,
    state: "open" as NonNullable<Row<"refund_case">["state"]>,
    method: null as Row<"refund_case">["method"] | null,
    amount_minor: back.amountMinor,
    currency: charge.currency,
    owner: "merchant",
    due_at: new Date(back.at + refundDueDays * dayMs),
    attempts: 0,
    last_error: null as string | null,
    proof: null as string | null,
    created_at: new Date(back.at),
    updated_at: new Date(back.at),
  };
}
type Case = ReturnType<typeof caseRow>;

/** As the database would draw one. Of the id's last digits, which are chance. */
function numberBy(id: string): string {
  const digits = String(Number.parseInt(id.slice(-12), 16) % 1_000_000_000).padStart(9, "0");
  return digits.replace(/(\d{3})(\d{3})(\d{3})/, "$1-$2-$3");
}

function isOfThatDay({ clinic }: Told, { charge, at }: { charge: PaidCharge; at: number }): boolean {
  const { timezone } = clinic.catalog.tenant;
  const isSameDay = plainDateAt(charge.created_at.getTime(), timezone).equals(plainDateAt(at, timezone));
  return charge.method === "CARD" && isSameDay;
}

function voided(told: Told, charge: PaidCharge, refundCase: Case): void {
  const { rows, checkout, payment, story } = told;
  const at = refundCase.created_at.getTime() + 7000;
  Object.assign(charge, { status: "voided", provider_status: "VOIDED", updated_at: new Date(at) });
  receive(rows, { charge, customer: checkout, at: at - 2000 });
  Object.assign(refundCase, { state: "done", method: "void", proof: "VOIDED", updated_at: new Date(at) });
  Object.assign(payment, { status: "voided", updated_at: new Date(at) });
  finish(told, { refundCase, at, isAllBack: true, actor: "provider" });
  story.charge = charge;
}

type ByHand = { charge: PaidCharge; refundCase: Case; back: Back; isWhole: boolean };

function byHand(told: Told, { charge, refundCase, back, isWhole }: ByHand): void {
  const { clinic, payment, story } = told;
  const at = back.at + 1800;
  const refused = charge.method === "CARD" ? tooLate : noCard;
  Object.assign(refundCase, { state: "manual", method: "manual", last_error: isWhole ? refused : null, updated_at: new Date(at) });
  tell(story, { at, kind: "refund_case.manual", actor: "system", details: { refundCaseId: refundCase.id } });
  if (back.sentAt === null) return;
  const proof = `Comprobante Bancolombia ${100_000 + (Math.floor(back.sentAt / 1000) % 900_000)}`;
  Object.assign(refundCase, { state: "done", proof, updated_at: new Date(back.sentAt) });
  if (isWhole) Object.assign(payment, { status: "refunded", updated_at: new Date(back.sentAt) });
  finish(told, { refundCase, at: back.sentAt, isAllBack: isWhole, actor: clinic.desk });
}

type Finished = { refundCase: Case; at: number; isAllBack: boolean; actor: "provider" | Told["clinic"]["desk"] };

function finish({ story, checkout }: Told, { refundCase, at, isAllBack, actor }: Finished): void {
  checkout.payment_status = isAllBack ? "refunded" : "partly_refunded";
  checkout.updated_at = new Date(at);
  const details = { refundCaseId: refundCase.id, reason: refundCase.reason };
  tell(story, { at, kind: "refund_case.done", actor, details, refundCase: { ...refundCase, state: "done" } });
}
