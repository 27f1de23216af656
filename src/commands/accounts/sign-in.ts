import { sql } from "kysely";
import { z } from "zod";
import type { Origin } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPassword } from "#platform/accounts/passwords.ts";
import { auth } from "#platform/auth.ts";
import { authDb } from "#platform/db.ts";
import { arrive } from "./arrive.ts";
import { requireSamePassword, storedPassword } from "./same-password.ts";

type Credentials = { email: string; password: string; headers: Headers; origin: Origin };
const answered = z.union([z.object({ twoFactorRedirect: z.literal(true) }), z.object({ token: z.string() })]);

/**
 * Does the same work whether the address has an account or not. `cookies` are lines of Set-Cookie.
 * Refuses: sign_in_failed, email_unverified.
 */
export async function signIn({ input }: { input: Credentials }): Promise<{ needsCode: boolean; cookies: string[] }> {
  const { email, password, headers, origin } = input;
  const before = await storedPassword({ email });
  const { api } = await auth();
  const response = await api.signInEmail({ body: { email, password }, headers, asResponse: true });
  if (!response.ok) throw new Refusal((await isRegistered(email, password)) ? "email_unverified" : "sign_in_failed");
  const answer = answered.parse(await response.json());
  if ("token" in answer) {
    await requireSamePassword({ token: answer.token, before });
    await arrive({ token: answer.token, origin });
  }
  return { needsCode: !("token" in answer), cookies: response.headers.getSetCookie() };
}

/**
 * Whoever knows the newest password typed for an address learns that its mail waits. Also if the
 * address has an account: else a stranger could register it and see by this answer that it has.
 */
async function isRegistered(email: string, password: string): Promise<boolean> {
  const found = await authDb()
    .selectFrom("auth.registration")
    .select("password")
    .where("email", "=", email)
    .where("expires_at", ">", sql<Date>`now()`)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return found !== undefined && isPassword(password, found.password);
}
