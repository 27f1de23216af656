import type { MemberCaller } from "#contracts/caller.ts";
import type { NewApiKey } from "#contracts/merchant/keys.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import { newId, newToken, sha256Hex } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";

const livingMax = 50;
const shownLength = 8;

type Create = { caller: MemberCaller; input: NewApiKey & { tenantId: string } };

/**
 * 192 random bits, of which only a hash is stored: the answer is the only place of the key. Nobody
 * gives a program what they may not do themselves. Refuses: forbidden, too_many_api_keys.
 */
export async function createApiKey({ caller, input }: Create): Promise<{ id: string; key: string }> {
  const { tenantId, name, permissions } = input;
  const tooMuch = permissions.filter((permission) => !caller.permissions.includes(permission));
  if (tooMuch.length > 0) throw new Refusal("forbidden", undefined, [{ path: "permissions", message: `not yours: ${tooMuch.join(", ")}` }]);
  const id = newId();
  const key = `kf_${newToken()}`;
  const row = { name, permissions, shown: key.slice(0, shownLength), hash: sha256Hex(key) };
  return changeCatalog({ caller, tenantId, kind: "api_key.created", ids: { apiKeyId: id } }, async (tx, note) => {
    await requireRoom(tx, tenantId);
    await tx
      .insertInto("api_key")
      .values({ tenant_id: tenantId, id, ...row, created_by: caller.memberId })
      .execute();
    note(changesBetween(null, row));
    return { id, key };
  });
}

/** Counts under the tenant's lock, so that two at once do not both take the last place. */
async function requireRoom(tx: Tx, tenantId: string): Promise<void> {
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  const { living } = await tx
    .selectFrom("api_key")
    .select((select) => select.fn.countAll().as("living"))
    .where("revoked_at", "is", null)
    .executeTakeFirstOrThrow();
  if (Number(living) >= livingMax) throw new Refusal("too_many_api_keys");
}
