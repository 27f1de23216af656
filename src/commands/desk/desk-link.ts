import type { Tx } from "#platform/db.ts";
import { newId, randomBytes } from "#platform/ids.ts";
import { claimWord, giveBackWord } from "../claim-word.ts";

const names: Readonly<Record<string, string>> = { es: "Recepción", en: "Reception", fr: "Accueil", pt: "Recepção" };

/**
 * The link of the bookings that a reception makes, made on first use. No list shows it: it cannot
 * be archived while customers pay by it.
 */
export async function deskLink(tx: Tx, { id: tenantId, locale }: { id: string; locale: string }): Promise<{ id: string }> {
  const found = await findDeskLink(tx);
  if (found) return found;
  const publicId = randomBytes(9).toString("base64url");
  const word = { kind: "link", key: publicId, tenantId } as const;
  if (!(await claimWord(tx, word))) throw new Error("72 random bits were taken");
  const name = names[locale] ?? "Recepción";
  const made = await tx
    .insertInto("booking_link")
    .values({ tenant_id: tenantId, id: newId(), public_id: publicId, name, is_desk: true })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (made) return made;
  await giveBackWord(tx, word);
  // Of two first ones at once, one was made.
  const stands = await findDeskLink(tx);
  if (!stands) throw new Error("the desk's link was not made");
  return stands;
}

function findDeskLink(tx: Tx): Promise<{ id: string } | undefined> {
  return tx.selectFrom("booking_link").select("id").where("is_desk", "=", true).executeTakeFirst();
}
