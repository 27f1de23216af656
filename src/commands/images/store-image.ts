import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { type ImageType, imageVariants } from "#contracts/settings/images.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { type StoredType, storedTypes } from "#providers/files/definition.ts";
import { drawPicture, type Picture } from "#providers/files/draw-picture.ts";
import { changeCatalog } from "../change-catalog.ts";
import { askStore } from "./ask-store.ts";

type Store = { caller: Caller; input: { tenantId: string; bytes: Uint8Array; type: ImageType } };
export type StoredImage = { url: string };

const imagesMax = 1000;

/**
 * Keeps a picture for a service, a professional or a preview. The files are written before the row,
 * because no outside call happens in a transaction; a crash between them leaves files that nobody
 * names. Refuses: image_type, image_unreadable, too_many_images, rate_limited,
 * files_unavailable.
 */
export async function storeImage({ caller, input: { tenantId, bytes, type } }: Store): Promise<StoredImage> {
  await inTenant(tenantId, refuseTooMany);
  const picture = await drawPicture(bytes, type);
  await putFiles(picture);
  const { hash, webp } = picture;
  await changeCatalog({ caller, tenantId, kind: "image.added", ids: { name: hash } }, async (tx) => {
    await tx
      .insertInto("image")
      .values({ tenant_id: tenantId, name: hash, bytes: webp.byteLength })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  return { url: `/api/images/${hash}.webp` };
}

async function refuseTooMany(tx: Tx): Promise<void> {
  const { count } = await tx.selectFrom("image").select(sql<number>`count(*)::int`.as("count")).executeTakeFirstOrThrow();
  if (count >= imagesMax) throw new Refusal("too_many_images");
}

async function putFiles({ hash, webp, variants }: Picture): Promise<void> {
  const { mail, icon, share } = imageVariants;
  const files: [ending: string, bytes: Buffer, type: StoredType][] = [
    [mail, variants.mail, storedTypes.png],
    [icon, variants.icon, storedTypes.png],
    [share, variants.share, storedTypes.jpg],
    [".webp", webp, storedTypes.webp],
  ];
  await askStore(async (store) => {
    for (const [ending, bytes, type] of files) await store.put({ name: hash + ending, bytes: new Uint8Array(bytes), type });
  });
}
