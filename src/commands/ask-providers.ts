import type { FoundCharges, PaymentProvider } from "#domain/payment-provider.ts";
import { type Difference, differencesOf } from "#domain/provider-differences.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { listOpenQuestions, type OpenQuestion, questionsMax } from "#queries/open-questions.ts";
import { connectedProvider } from "./connections/connected-provider.ts";
import { settleInboxEvent } from "./inbox/settle-event.ts";
import { pollPayment } from "./settlement/poll-payment.ts";

type Asked = { question: OpenQuestion; differences: Difference[]; noAnswer: string | null; canBeAsked: boolean };
/** `isAll` is false if more was open than is asked at once. */
export type Answers = { asked: Asked[]; isAll: boolean };

const atOnce = 4;

/**
 * Asks the providers about everything open and compares their answers with our rows. Changes
 * nothing, unless `settle`: then what differs is settled in the normal way.
 */
export async function askProviders({ settle }: { settle: boolean }): Promise<Answers> {
  const open = await listOpenQuestions();
  const questions = open.slice(0, questionsMax);
  const asked: Asked[] = [];
  const left = questions.values();
  const askOn = async (): Promise<void> => {
    for (const question of left) asked.push(await ask(question));
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  if (settle) for (const { question, differences } of asked) if (differences.length > 0) await settleOne(question);
  return { asked, isAll: questions.length === open.length };
}

async function ask(question: OpenQuestion): Promise<Asked> {
  const { tenantId, connectionId } = question;
  try {
    const provider = await connectedProvider({ tenantId, connectionId });
    // Not knowing is the answer then, which is never "no".
    if (provider.capabilities.lookup === "none") return { question, differences: [], noAnswer: null, canBeAsked: false };
    const { charges: told, unreadable } = await chargesOf(provider, question);
    const differences = differencesOf({ told, own: question.own, asked: question.payment });
    if (unreadable.length === 0) return { question, differences, noAnswer: null, canBeAsked: true };
    // What is missing may be among the rows that cannot be read.
    const certain = differences.filter(({ kind }) => kind !== "unknown_there");
    return { question, differences: certain, noAnswer: `${unreadable.length} of its charges cannot be read`, canBeAsked: true };
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return { question, differences: [], noAnswer: error.message, canBeAsked: true };
  }
}

async function chargesOf(provider: PaymentProvider, { payment, providerChargeId }: OpenQuestion): Promise<FoundCharges> {
  if (payment) return provider.findCharges(payment);
  const found = providerChargeId === null ? null : await provider.findCharge(providerChargeId);
  return { charges: found ? [found] : [], unreadable: [] };
}

/** A case without a payment advances by its own follow-up. */
async function settleOne({ tenantId, payment, inboxEventId }: OpenQuestion): Promise<void> {
  if (payment) await pollPayment({ tenantId, paymentId: payment.id, isExtra: true });
  else if (inboxEventId) await settleInboxEvent({ tenantId, inboxEventId });
}
