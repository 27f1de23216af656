import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { env } from "./env.ts";

/**
 * `v1.<key id>.<iv>.<tag>.<ciphertext>` in base64url: AES-256-GCM, which also authenticates the
 * context that the secret belongs to.
 */
export function encryptSecret(text: string, context: string, keyList: string = env().ENCRYPTION_KEYS): string {
  const [current] = keysOf(keyList);
  if (!current) throw new Error("no encryption key");
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", current.key, iv);
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return ["v1", current.id, iv.toString("base64url"), cipher.getAuthTag().toString("base64url"), sealed.toString("base64url")].join(".");
}

/** Throws if the key is unknown, the text was altered, or it belongs to another context. */
export function decryptSecret(stored: string, context: string): string {
  const [version, id, iv, tag, sealed] = stored.split(".");
  const found = keysOf(env().ENCRYPTION_KEYS).find((candidate) => candidate.id === id);
  if (version !== "v1" || !found || !iv || !tag || sealed === undefined)
    throw new Error("the stored secret cannot be read with the keys at hand");
  const decipher = createDecipheriv("aes-256-gcm", found.key, Buffer.from(iv, "base64url"));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(sealed, "base64url")), decipher.final()]).toString("utf8");
}

export function keyIds(stored: string): { sealedWith: string; current: string } {
  return { sealedWith: stored.split(".")[1] ?? "", current: keysOf(env().ENCRYPTION_KEYS)[0]?.id ?? "" };
}

function keysOf(keyList: string): { id: string; key: Buffer }[] {
  return keyList.split(",").map((entry) => {
    const [id = "", hex = ""] = entry.split(":");
    return { id, key: Buffer.from(hex, "hex") };
  });
}
