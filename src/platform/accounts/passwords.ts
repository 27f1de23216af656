import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const hash = promisify(argon2);

/** https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const tagLength = 32;

/** `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, so that a later cost can be told from this one. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const tag = await hash("argon2id", { message: normal(password), nonce, tagLength, ...cost });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${text(nonce)}$${text(tag)}`;
}

const stored = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt = "", tag = ""] = stored.exec(kept) ?? [];
  if (!tag) return false;
  const wanted = Buffer.from(tag, "base64");
  const given = await hash("argon2id", {
    message: normal(password),
    nonce: Buffer.from(salt, "base64"),
    tagLength: wanted.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return timingSafeEqual(given, wanted);
}

/** The same letters may come as one sign or as two, from another keyboard. */
const normal = (password: string): Buffer => Buffer.from(password.normalize("NFKC"));
const text = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");
