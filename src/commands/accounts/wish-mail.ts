import { sql } from "kysely";
import type { PersonMailKind } from "#contracts/account-mails.ts";
import type { Tx } from "#platform/db.ts";

type Wish = { kind: PersonMailKind; email: string; locale: string; personId?: string; registrationId?: string };

/**
 * Wishes a mail, in the transaction of what causes it. The job finds out whose the address is, so
 * that a request does the same work for every address.
 */
export async function wishMail(tx: Tx, { kind, email, locale, personId, registrationId }: Wish): Promise<void> {
  const { id } = await tx
    .insertInto("auth.person_mail")
    .values({ kind, email, locale, person_id: personId ?? null, registration_id: registrationId ?? null })
    .returning("id")
    .executeTakeFirstOrThrow();
  const payload = JSON.stringify({ mailId: id });
  await sql`select enqueue_job('mail-person', ${payload}::json, job_key := ${`person-mail-${id}`})`.execute(tx);
}
