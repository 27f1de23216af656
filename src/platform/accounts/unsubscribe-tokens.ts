import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { noticeMailKinds } from "#domain/desk/notices.ts";
import { env } from "../env.ts";

/** `hour`: of the summary of tomorrow, so that stopping it can be taken back. */
const content = z.object({
  tenantId: z.uuid(),
  memberId: z.uuid(),
  kind: z.enum(noticeMailKinds),
  hour: z.int().min(0).max(23).optional(),
});
export type Unsubscribing = z.infer<typeof content>;

/** A token for another purpose is nothing here. */
const audience = "notice-mail";
const algorithm = "HS256";
const key = (): Uint8Array => new TextEncoder().encode(env().JWT_SECRET);

/** It never expires: an old mail's link must work, and it can do nothing else. */
export function signUnsubscribing(given: Unsubscribing): Promise<string> {
  return new SignJWT({ ...given }).setProtectedHeader({ alg: algorithm }).setAudience(audience).sign(key());
}

/** Returns null for anything that was not signed here for this. */
export async function readUnsubscribing(token: string): Promise<Unsubscribing | null> {
  try {
    const { payload } = await jwtVerify(token, key(), { algorithms: [algorithm], audience });
    return content.safeParse(payload).data ?? null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
