import { sql } from "kysely";
import { z } from "zod";
import type { Origin } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPassword } from "#platform/accounts/passwords.ts";
import { auth } from "#platform/auth.ts";
import { authDb } from "#platform/db.ts";
import { arrive } from "./arrive.ts";

type Credentials = { email: string; password: string; headers: Headers; origin: Origin };
const answered = z.union([z.object({ twoFactorRedirect: z.literal(true) }), z.object({ token: z.string() })]);

/**
 * Does the same work whether the address has an account or not. `cookies` are lines of Set-Cookie.
 * Refuses: sign_in_failed, email_unverified.
 */
export async function signIn({ input }: { input: Credentials }): Promise<{ needsCode: boolean; cookies: string[] }> {
  const { email, password, headers, origin } = input;
  const typed = await unconfirmedPassword(email);
  // Only whoever knows the password learns that the link of the mail was not opened.
  if (typed !== null) throw new Refusal((await isPassword(password, typed)) ? "email_unverified" : "sign_in_failed");
  const { api } = await auth();
  const response = await api.signInEmail({ body: { email, password }, headers, asResponse: true });
  if (!response.ok) throw new Refusal("sign_in_failed");
  const answer = answered.parse(await response.json());
  if ("token" in answer) await arrive({ token: answer.token, origin });
  return { needsCode: !("token" in answer), cookies: response.headers.getSetCookie() };
}

/** Of a registration without a person. The newest counts. */
async function unconfirmedPassword(email: string): Promise<string | null> {
  const found = await authDb()
    .selectFrom("auth.registration as r")
    .select("r.password")
    .where("r.email", "=", email)
    .where("r.expires_at", ">", sql<Date>`now()`)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom("auth.person as p").select("p.id").whereRef("p.email", "=", "r.email"))))
    .orderBy("r.created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return found?.password ?? null;
}
