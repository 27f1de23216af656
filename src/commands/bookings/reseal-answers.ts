import { sql } from "kysely";
import { inSystem } from "#platform/db.ts";
import { decryptSecret, encryptSecret, keyIds } from "#platform/secrets.ts";
import { answerContext } from "#queries/booking-answers.ts";

const batchMax = 500;

type Sealed = { tenant_id: string; booking_id: string; question_id: string; sealed: string };
export type Resealed = { resealed: number; current: number; unreadable: string[] };

/** Seals every personal answer with the first of ENCRYPTION_KEYS. May run any number of times. */
export async function resealAnswers(): Promise<Resealed> {
  const done: Resealed = { resealed: 0, current: 0, unreadable: [] };
  let after: Sealed | undefined;
  for (;;) {
    const batch = await nextBatch(after);
    for (const row of batch) await resealOne(row, done);
    after = batch.at(-1);
    if (batch.length < batchMax) return done;
  }
}

async function nextBatch(after: Sealed | undefined): Promise<Sealed[]> {
  const isLater = after
    ? sql`and (tenant_id, booking_id, question_id) > (${after.tenant_id}, ${after.booking_id}, ${after.question_id})`
    : sql``;
  const { rows } = await inSystem((tx) =>
    sql<Sealed>`
      select tenant_id, booking_id, question_id, sealed from booking_answer
      where sealed is not null ${isLater}
      order by tenant_id, booking_id, question_id
      limit ${batchMax}`.execute(tx),
  );
  return rows;
}

async function resealOne(row: Sealed, done: Resealed): Promise<void> {
  const { sealedWith, current } = keyIds(row.sealed);
  if (sealedWith === current) {
    done.current += 1;
    return;
  }
  const context = answerContext(row);
  let text: string;
  try {
    text = decryptSecret(row.sealed, context);
  } catch {
    done.unreadable.push(row.booking_id);
    return;
  }
  // A row that changed meanwhile is skipped.
  const { numUpdatedRows } = await inSystem((tx) =>
    tx
      .updateTable("booking_answer")
      .set({ sealed: encryptSecret(text, context) })
      .where("tenant_id", "=", row.tenant_id)
      .where("booking_id", "=", row.booking_id)
      .where("question_id", "=", row.question_id)
      .where("sealed", "=", row.sealed)
      .executeTakeFirst(),
  );
  if (numUpdatedRows > 0n) done.resealed += 1;
}
