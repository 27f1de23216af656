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

/** A token for the one is nothing for the other. */
const audience = "booking-link";
const previewAudience = "preview";
const previewLife = "1h";
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
    return content.safeParse(await payloadOf(token, audience)).data ?? null;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return "expired";
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** Lets our own dashboard show a booking page in a frame (src/proxy.ts), and nothing else. */
export function previewToken(): Promise<string> {
  return new SignJWT().setProtectedHeader({ alg: algorithm }).setAudience(previewAudience).setExpirationTime(previewLife).sign(key());
}

export function isPreviewToken(token: string): Promise<boolean> {
  return payloadOf(token, previewAudience).then(
    () => true,
    () => false,
  );
}

async function payloadOf(token: string, wanted: string): Promise<unknown> {
  const options = { algorithms: [algorithm], audience: wanted, currentDate: new Date(databaseNow()) };
  return (await jwtVerify(token, key(), options)).payload;
}
