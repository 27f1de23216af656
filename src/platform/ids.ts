import { createHmac, hash, randomFillSync, timingSafeEqual } from "node:crypto";

/** The system call costs more than the bytes, so it draws kilobytes. Each byte is used once. */
const drawn = Buffer.alloc(4096);
let used = drawn.length;

/** `length` is at most 4096. */
export function randomBytes(length: number): Buffer {
  if (used + length > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const bytes = Buffer.from(drawn.subarray(used, used + length));
  drawn.fill(0, used, used + length);
  used += length;
  return bytes;
}

/** UUID version 7 (RFC 9562): milliseconds, so that neighbours lie together, and 74 random bits. */
export function newId(nowMs: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt8(((bytes.at(6) ?? 0) & 0x0f) | 0x70, 6);
  bytes.writeUInt8(((bytes.at(8) ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Every id that `newId` makes from that millisecond on is this one or comes after it. */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Returns 192 random bits, URL-safe, for sessions and booking tokens. */
export function newToken(): string {
  return randomBytes(24).toString("base64url");
}

export function sha256Hex(text: string | Uint8Array): string {
  return hash("sha256", text, "hex");
}

/** A stored address cannot be recovered without the secret. */
export function keyedHash(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url").slice(0, 22);
}

export function isSameText(a: string, b: string): boolean {
  const left = hash("sha256", a, "buffer");
  const right = hash("sha256", b, "buffer");
  return timingSafeEqual(left, right);
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Our reference at providers: readable on a bank statement, 100 random bits and a check. */
export function newReference(): string {
  const random = Array.from(randomBytes(20), (byte) => crockford[byte % 32]).join("");
  return `KF-${random}${checkCharacters(random)}`;
}

const referenceForm = /^KF-([0-9A-HJKMNP-TV-Z]{20})([0-9A-HJKMNP-TV-Z]{2})$/;

/** Whether Konfirmado made this reference. The merchant's own shop makes others. */
export function isOurReference(reference: string): boolean {
  const [, random, check] = referenceForm.exec(reference) ?? [];
  return random !== undefined && check === checkCharacters(random);
}

/** Not a secret. It tells our references from foreign and mistyped ones; one in 1024 passes. */
function checkCharacters(random: string): string {
  const bits = Number.parseInt(sha256Hex(`konfirmado reference ${random}`).slice(0, 3), 16) >> 2;
  return `${crockford[bits >> 5]}${crockford[bits & 31]}`;
}
