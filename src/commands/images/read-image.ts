import { Refusal } from "#contracts/problem.ts";
import { imageNameShape } from "#contracts/settings/images.ts";
import { type StoredType, storedTypes } from "#providers/files/definition.ts";
import { askStore } from "./ask-store.ts";

/** A command because queries may not ask providers. Refuses: not_found, files_unavailable. */
export async function readImage(name: string): Promise<{ bytes: Uint8Array; type: StoredType }> {
  if (!imageNameShape.test(name)) throw new Refusal("not_found");
  const bytes = await askStore((store) => store.get(name));
  if (!bytes) throw new Refusal("not_found");
  return { bytes, type: name.endsWith(".webp") ? storedTypes.webp : name.endsWith(".png") ? storedTypes.png : storedTypes.jpg };
}
