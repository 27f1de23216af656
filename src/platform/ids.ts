import { createHmac, hash, randomFillSync, timingSafeEqual } from "node:crypto";

/** Asking the system costs more than the bytes: some kilobytes at a time, each handed out once and forgotten. */
const drawn = Buffer.alloc(4096);
let used = drawn.length;

/** At most 4096. */
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

/** UUID version 7 (RFC 9562): milliseconds first, then 74 random bits; rows made together lie together, and nobody can guess one. */
export function newId(nowMs: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt8(((bytes.at(6) ?? 0) & 0x0f) | 0x70, 6);
  bytes.writeUInt8(((bytes.at(8) ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** 192 random bits, URL-safe. For sessions and booking tokens. */
export function newToken(): string {
  return randomBytes(24).toString("base64url");
}

export function sha256Hex(text: string | Uint8Array): string {
  return hash("sha256", text, "hex");
}

/** Keyed: an address that is stored cannot be turned back without the secret. */
export function keyedHash(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url").slice(0, 22);
}

export function isSameText(a: string, b: string): boolean {
  const left = hash("sha256", a, "buffer");
  const right = hash("sha256", b, "buffer");
  return timingSafeEqual(left, right);
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Our reference at providers: unique everywhere, readable on a bank statement: 100 random bits and two check characters. */
export function newReference(): string {
  const drawn = Array.from(randomBytes(20), (byte) => crockford[byte % 32]).join("");
  return `KF-${drawn}${checkCharacters(drawn)}`;
}

const referenceForm = /^KF-([0-9A-HJKMNP-TV-Z]{20})([0-9A-HJKMNP-TV-Z]{2})$/;

/** Whether Konfirmado made this reference. The merchant's own shop on the same account makes others. */
export function isOurReference(reference: string): boolean {
  const [, drawn, check] = referenceForm.exec(reference) ?? [];
  return drawn !== undefined && check === checkCharacters(drawn);
}

/** No secret: it tells our references from others, and a mistyped one from a true one. One in 1024 others fits. */
function checkCharacters(drawn: string): string {
  const bits = Number.parseInt(sha256Hex(`konfirmado reference ${drawn}`).slice(0, 3), 16) >> 2;
  return `${crockford[bits >> 5]}${crockford[bits & 31]}`;
}
