import type { Caller } from "#contracts/caller.ts";
import type { NewLink } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { newId, randomBytes } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { claimWord } from "../claim-word.ts";
import { linkColumns } from "./link-columns.ts";

type Create = { caller: Caller; input: NewLink & { tenantId: string } };

/** Refuses: tenant_unknown, link_taken, id_taken, service_unknown, professional_unknown. */
export async function createLink({ caller, input }: Create): Promise<{ id: string; publicId: string }> {
  // 72 random bits make an address that nobody guesses and that is short enough for a message.
  const { tenantId, id = newId(), publicId = randomBytes(9).toString("base64url"), name } = input;
  return changeCatalog({ caller, tenantId, kind: "link.created", ids: { linkId: id } }, async (tx) => {
    const columns = await linkColumns(tx, tenantId, input);
    if (!(await claimWord(tx, { kind: "link", key: publicId, tenantId }))) throw new Refusal("link_taken");
    const made = await tx
      .insertInto("booking_link")
      .values({ ...columns, tenant_id: tenantId, id, public_id: publicId, name })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!made.numInsertedOrUpdatedRows) throw new Refusal("id_taken");
    return { id, publicId };
  });
}
