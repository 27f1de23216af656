import type { Caller } from "#contracts/caller.ts";
import type { NewLink } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import { newId, randomBytes } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { claimWord } from "../claim-word.ts";
import type { Changes } from "../log-event.ts";
import { linkColumns } from "./link-columns.ts";

type Create = { caller: Caller; input: NewLink & { tenantId: string } };
type Made = { id: string; publicId: string };

/** Refuses: tenant_unknown, link_taken, id_taken, service_unknown, professional_unknown. */
export async function createLink({ caller, input }: Create): Promise<Made> {
  const { tenantId, id = newId() } = input;
  return changeCatalog({ caller, tenantId, kind: "link.created", ids: { linkId: id } }, async (tx, note) => {
    const { changes, ...made } = await insertLink(tx, { ...input, id });
    note(changes);
    return made;
  });
}

export async function insertLink(tx: Tx, input: NewLink & { tenantId: string; id: string }): Promise<Made & { changes: Changes }> {
  // 72 random bits make an address that nobody guesses and that is short enough for a message.
  const { tenantId, id, publicId = randomBytes(9).toString("base64url"), name } = input;
  const columns = await linkColumns(tx, tenantId, input);
  if (!(await claimWord(tx, { kind: "link", key: publicId, tenantId }))) throw new Refusal("link_taken");
  const made = await tx
    .insertInto("booking_link")
    .values({ ...columns, tenant_id: tenantId, id, public_id: publicId, name })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!made) throw new Refusal("id_taken");
  return { id, publicId, changes: changesBetween(null, made) };
}
