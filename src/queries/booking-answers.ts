import { type QuestionKind, questionKinds } from "#contracts/answers.ts";
import type { Tx } from "#platform/db.ts";
import { decryptSecret } from "#platform/secrets.ts";

/** The context that a sealed answer belongs to. */
export function answerContext(place: { tenant_id: string; booking_id: string; question_id: string }): string {
  return `answer:${place.tenant_id}:${place.booking_id}:${place.question_id}`;
}

const blockLength = 64;

/** The length of what is sealed would tell a yes from a no. */
export function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / blockLength) * blockLength);
}

/** `answer` is yes or no for that kind. */
export type OpenAnswer = { question: string; kind: QuestionKind; answer: string };

/** What mails and callbacks may tell: personal answers are left out. */
export async function readOpenAnswers(tx: Tx, bookingId: string): Promise<OpenAnswer[]> {
  const rows = await tx
    .selectFrom("booking_answer")
    .select(["question", "kind", "answer"])
    .where("booking_id", "=", bookingId)
    .where("answer", "is not", null)
    .orderBy("position")
    .execute();
  return rows.flatMap(({ question, kind, answer }) => (answer === null ? [] : [{ question, kind: kindOf(kind), answer }]));
}

export type BookingAnswer = OpenAnswer & { questionId: string; isPersonal: boolean };

/** Personal ones too, opened. */
export async function readAllAnswers(tx: Tx, bookingId: string): Promise<BookingAnswer[]> {
  const rows = await tx.selectFrom("booking_answer").selectAll().where("booking_id", "=", bookingId).orderBy("position").execute();
  return rows.map(({ question, kind, answer, sealed, ...place }) => ({
    questionId: place.question_id,
    question,
    kind: kindOf(kind),
    answer: sealed === null ? (answer ?? "") : decryptSecret(sealed, answerContext(place)).trimEnd(),
    isPersonal: sealed !== null,
  }));
}

/** For a booking's page: personal answers stay closed, and only their questions are told. */
export async function readDeskAnswers(tx: Tx, bookingId: string) {
  const rows = await tx
    .selectFrom("booking_answer")
    .select(["question", "kind", "answer"])
    .where("booking_id", "=", bookingId)
    .orderBy("position")
    .execute();
  return rows.map((row) => ({ ...row, kind: kindOf(row.kind) }));
}

const kindOf = (kind: string): QuestionKind => questionKinds.find((known) => known === kind) ?? "text";
