import { sql } from "kysely";
import { inTenant } from "#platform/db.ts";
import { askOnce } from "./ask-payment.ts";
import { planInquiry } from "./plan-inquiry.ts";

type Place = { tenantId: string; inquiryId: string };

/** A job asks about so many, then another one goes on: none runs for long. */
const atATime = 20;
const atOnce = 4;

/**
 * Asks about the next payments of an inquiry, and plans what is left. Each result is kept as it
 * comes, so that a crash loses nothing and the page of the inquiry shows how far it is.
 */
export async function continueInquiry(place: Place): Promise<void> {
  const next = (await waitingOf(place)).values();
  const askOn = async (): Promise<void> => {
    for (const paymentId of next) {
      const { result } = await askOnce({ tenantId: place.tenantId, paymentId });
      await keepResult({ ...place, paymentId, result });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  await endOrGoOn(place);
}

function waitingOf({ tenantId, inquiryId }: Place): Promise<string[]> {
  return inTenant(tenantId, async (tx) => {
    const rows = await tx
      .selectFrom("payment_inquiry_item")
      .select("payment_id")
      .where("inquiry_id", "=", inquiryId)
      .where("result", "is", null)
      .orderBy("payment_id", "desc")
      .limit(atATime)
      .execute();
    return rows.map((row) => row.payment_id);
  });
}

async function keepResult({ tenantId, inquiryId, paymentId, result }: Place & { paymentId: string; result: string }): Promise<void> {
  await inTenant(tenantId, (tx) =>
    tx
      .updateTable("payment_inquiry_item")
      .set({ result, asked_at: sql`now()` })
      .where("inquiry_id", "=", inquiryId)
      .where("payment_id", "=", paymentId)
      .where("result", "is", null)
      .execute(),
  );
}

function endOrGoOn(place: Place): Promise<void> {
  return inTenant(place.tenantId, async (tx) => {
    const left = await tx
      .selectFrom("payment_inquiry_item")
      .select("payment_id")
      .where("inquiry_id", "=", place.inquiryId)
      .where("result", "is", null)
      .limit(1)
      .executeTakeFirst();
    if (left) await planInquiry(tx, place);
    else
      await tx
        .updateTable("payment_inquiry")
        .set({ done_at: sql`now()` })
        .where("id", "=", place.inquiryId)
        .where("done_at", "is", null)
        .execute();
  });
}
