import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { databaseNow } from "./connection-check.ts";
import { env } from "./env.ts";

/**
 * What a signed link says. Whoever has the address can read it and cannot change it:
 * https://www.rfc-editor.org/rfc/rfc7519
 */
const content = z.object({
  linkId: z.uuid(),
  tenantId: z.uuid(),
  publicId: z.string(),
  serviceId: z.uuid().optional(),
  professionalId: z.uuid().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  note: z.string().optional(),
});
export type SignedLink = z.infer<typeof content>;

/** Other tokens under the same secret are no links. */
const audience = "booking-link";
const algorithm = "HS256";
const shape = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const lengthMax = 2048;

const key = (): Uint8Array => new TextEncoder().encode(env().JWT_SECRET);

export function signLink(link: SignedLink, expiresAt: Date): Promise<string> {
  return new SignJWT({ ...link })
    .setProtectedHeader({ alg: algorithm })
    .setAudience(audience)
    .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
    .sign(key());
}

/** Returns null for anything that was not signed here. */
export async function readSignedLink(token: string): Promise<SignedLink | "expired" | null> {
  if (token.length > lengthMax || !shape.test(token)) return null;
  try {
    const { payload } = await jwtVerify(token, key(), { algorithms: [algorithm], audience, currentDate: new Date(databaseNow()) });
    return content.safeParse(payload).data ?? null;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return "expired";
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
