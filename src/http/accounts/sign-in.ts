import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { confirmEmailChange } from "#commands/accounts/change-person.ts";
import { forgotPassword, resetPassword } from "#commands/accounts/recover.ts";
import { register, resendVerification } from "#commands/accounts/register.ts";
import { signInWithCode } from "#commands/accounts/second-factor.ts";
import { signIn } from "#commands/accounts/sign-in.ts";
import { signOut } from "#commands/accounts/sign-out.ts";
import { verifyEmail } from "#commands/merchants/verify-email.ts";
import type { signInOperations } from "#contracts/operations/accounts/sign-in.ts";
import { Refusal } from "#contracts/problem.ts";
import { challengedPerson, type SessionCookie } from "#platform/auth.ts";
import { env } from "#platform/env.ts";
import { acceptedLocale, isLocale } from "#ui/i18n/locales.ts";
import { originOf } from "../merchant-callers.ts";
import type { HttpEnv } from "../requests.ts";
import type { HandlersOf } from "../route.ts";
import { countAttempt, countMail, forgiveAttempt } from "./attempts.ts";

/** Before anybody is signed in. */
export const signInHandlers: HandlersOf<typeof signInOperations> = {
  async register({ input: { body }, c }) {
    await countMail(c, body.email);
    await register({ input: { ...body, locale: body.locale ?? localeOf(c) } });
    return undefined;
  },

  async resendVerification({ input: { body }, c }) {
    await countMail(c, body.email);
    await resendVerification({ input: { ...body, locale: localeOf(c) ?? "es" } });
    return undefined;
  },

  async verifyEmail({ input: { body }, c }) {
    const { tenantId, cookie } = await verifyEmail({ input: { ...body, origin: originOf(c) } });
    keepCookie(c, cookie);
    return { tenantId };
  },

  async signIn({ input: { body }, c }) {
    await countAttempt(c, body.email);
    const { needsCode, cookies } = await signIn({ input: { ...body, headers: c.req.raw.headers, origin: originOf(c) } });
    await forgiveAttempt(c, body.email);
    passCookies(c, cookies);
    return { needsCode };
  },

  async signInWithCode({ input: { body }, c }) {
    const { headers } = c.req.raw;
    const personId = await challengedPerson(headers);
    if (personId === null) throw new Refusal("second_factor_failed");
    // Apart from the account's passwords, which the one who is asked for a code knows.
    await countAttempt(c, personId);
    const { cookies } = await signInWithCode({ input: { personId, code: body, headers, origin: originOf(c) } });
    await forgiveAttempt(c, personId);
    passCookies(c, cookies);
    return undefined;
  },

  async signOut({ c }) {
    passCookies(c, (await signOut({ input: { headers: c.req.raw.headers } })).cookies);
    return undefined;
  },

  async forgotPassword({ input: { body }, c }) {
    await countMail(c, body.email);
    await forgotPassword({ input: { ...body, locale: localeOf(c) ?? "es" } });
    return undefined;
  },

  async resetPassword({ input: { body } }) {
    await resetPassword({ input: body });
    return undefined;
  },

  async confirmEmailChange({ input: { body } }) {
    await confirmEmailChange({ input: body });
    return undefined;
  },
};

/** The language that they have chosen on our pages, or their browser's. */
export function localeOf(c: Context): "es" | "en" | "fr" | "pt" | undefined {
  const chosen = getCookie(c, "locale");
  return (isLocale(chosen) ? chosen : acceptedLocale(c.req.header("accept-language") ?? null)) ?? undefined;
}

/** As better-auth wrote them. */
export function passCookies(c: Context<HttpEnv>, lines: readonly string[]): void {
  for (const line of lines) c.header("set-cookie", line, { append: true });
}

export function keepCookie(c: Context<HttpEnv>, { name, value, maxAge }: SessionCookie): void {
  const secure = env().APP_URL.startsWith("https:") ? "; Secure" : "";
  c.header("set-cookie", `${name}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly; SameSite=Lax${secure}`, { append: true });
}
