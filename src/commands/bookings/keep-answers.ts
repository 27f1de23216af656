import { type Answers, type Question, readAnswer } from "#contracts/answers.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import { encryptSecret } from "#platform/secrets.ts";
import { answerContext, padded } from "#queries/booking-answers.ts";

type Given = { tenantId: string; bookingId: string; questions: readonly Question[]; answers: Answers };

/** Replaces what the customer answered before. Refuses: invalid_request, naming each question. */
export async function keepAnswers(tx: Tx, given: Given): Promise<void> {
  if (given.questions.length === 0) return;
  const rows = answerRows(given);
  const { tenantId, bookingId } = given;
  await tx.deleteFrom("booking_answer").where("tenant_id", "=", tenantId).where("booking_id", "=", bookingId).execute();
  if (rows.length > 0) await tx.insertInto("booking_answer").values(rows).execute();
}

/** Personal answers are sealed. Refuses: invalid_request, naming each question. */
export function answerRows({ tenantId, bookingId, questions, answers }: Given) {
  const read = questions.map((question, position) => ({ question, position, answer: readAnswer(question, answers[question.id]) }));
  const errors = read.flatMap(({ question, answer }) =>
    "problem" in answer ? [{ path: `answers.${question.id}`, message: answer.problem }] : [],
  );
  if (errors.length > 0) throw new Refusal("invalid_request", "Some questions are not answered.", errors);
  return read.flatMap(({ question, position, answer }) => {
    if ("problem" in answer || answer.value === null) return [];
    const place = { tenant_id: tenantId, booking_id: bookingId, question_id: question.id };
    const said = question.isPersonal ? { sealed: encryptSecret(padded(answer.value), answerContext(place)) } : { answer: answer.value };
    return [{ ...place, position, kind: question.kind, question: question.label, ...said }];
  });
}
