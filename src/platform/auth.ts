import { createHmac } from "node:crypto";
import { hashPassword, isPassword } from "./accounts/passwords.ts";
import { tables, twoFactorTables } from "./accounts/tables.ts";
import { authDb, type Db } from "./db.ts";
import { env } from "./env.ts";
import { isSameText, newId } from "./ids.ts";
import { logger } from "./logger.ts";

/** Who is signed in, whatever merchants they belong to. */
export type SignedIn = {
  personId: string;
  sessionId: string;
  name: string;
  email: string;
  /** The merchant whose dashboard they look at, if they have chosen one. */
  tenantId: string | null;
};

const sessionSeconds = 30 * 86_400;
const renewedAfterSeconds = 86_400;
const challengeSeconds = 600;

/** Returns null unless the request carries the cookie of a living session. */
export async function signedIn(headers: Headers): Promise<SignedIn | null> {
  if (!headers.get("cookie")?.includes(`${sessionCookieName()}=`)) return null;
  const found = await (await auth()).api.getSession({ headers });
  if (!found) return null;
  const { session, user } = found;
  return { personId: user.id, sessionId: session.id, name: user.name, email: user.email, tenantId: session.tenantId ?? null };
}

/** A new session, and the cookie that carries it: after a proof that better-auth does not know. */
export async function openSession(given: {
  personId: string;
  tenantId?: string | undefined;
  address?: string | null;
  browser?: string | null;
}) {
  const { internalAdapter } = await (await auth()).$context;
  const { personId, tenantId = null, address = null, browser = null } = given;
  const session = await internalAdapter.createSession(personId, false, { tenantId, ipAddress: address, userAgent: browser });
  return { sessionId: session.id, cookie: sessionCookie(session.token) };
}

export type SessionCookie = { name: string; value: string; maxAge: number };

/** Signed as better-auth does it: base64 of HMAC-SHA256. */
function sessionCookie(token: string): SessionCookie {
  return { name: sessionCookieName(), value: encodeURIComponent(`${token}.${signatureOf(token)}`), maxAge: sessionSeconds };
}
const signatureOf = (text: string): string => createHmac("sha256", secret()).update(text).digest("base64");

/** Only the cookie of a sign-in that waits for a code. */
export function challengeHeaders(headers: Headers): Headers {
  const cookies = (headers.get("cookie") ?? "").split(/;\s*/);
  const prefix = `${cookiePrefix()}.two_factor=`;
  return new Headers({ cookie: cookies.filter((cookie) => cookie.startsWith(prefix)).join("; ") });
}

/** Who has given the right password and owes a code. Returns null without a living challenge. */
export async function challengedPerson(headers: Headers): Promise<string | null> {
  const cookie = challengeHeaders(headers).get("cookie") ?? "";
  const value = decoded(cookie.slice(cookie.indexOf("=") + 1));
  const at = value.lastIndexOf(".");
  const [identifier, signature] = [value.slice(0, at), value.slice(at + 1)];
  if (at < 0 || !isSameText(signature, signatureOf(identifier))) return null;
  const { internalAdapter } = await (await auth()).$context;
  return (await internalAdapter.findVerificationValue(identifier))?.value ?? null;
}

/** Returns an empty text for a cookie that nobody here has set. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** Of the authenticator. Returns null if the person has none. */
export async function readTwoFactorSecret(personId: string): Promise<string | null> {
  const kept = await authDb().selectFrom("auth.person_two_factor").select("secret").where("user_id", "=", personId).executeTakeFirst();
  if (!kept) return null;
  const { symmetricDecrypt } = await import("better-auth/crypto");
  return symmetricDecrypt({ key: secret(), data: kept.secret });
}

/** With https, a browser takes it from nobody but this host itself. */
const cookiePrefix = (): string => (isHttps() ? "__Host-konfirmado" : "konfirmado");
const sessionCookieName = (): string => `${cookiePrefix()}.session_token`;
const isHttps = (): boolean => env().APP_URL.startsWith("https:");
/** Another one than APP_SECRET itself, which keys other things. */
const secret = (): string => createHmac("sha256", env().APP_SECRET).update("accounts").digest("hex");

/** Next bundles its own copy of this file. Tests close the database and change the environment. */
const shared = globalThis as typeof globalThis & { konfirmadoAuth?: { db: Db; key: string; made: ReturnType<typeof create> } };

/** Loaded with the first use: it takes a second, and customers never need it. */
export function auth(): ReturnType<typeof create> {
  const db = authDb();
  const key = `${env().APP_URL} ${env().APP_SECRET}`;
  const kept = shared.konfirmadoAuth;
  if (kept?.db === db && kept.key === key) return kept.made;
  const made = create();
  shared.konfirmadoAuth = { db, key, made };
  return made;
}

/**
 * Only what http/accounts calls is open to the outside: better-auth's own addresses would pass by
 * our limits and checks. Sign-up, mails and recovery are ours (commands/accounts).
 */
async function create() {
  const [{ betterAuth }, { twoFactor }] = await Promise.all([import("better-auth"), import("better-auth/plugins/two-factor")]);
  return betterAuth({
    appName: "Konfirmado",
    baseURL: env().APP_URL,
    basePath: "/api/auth",
    trustedOrigins: [new URL(env().APP_URL).origin],
    secret: secret(),
    database: { db: authDb().withSchema("auth"), type: "postgres", transaction: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    // Wrong passwords are no errors.
    logger: { level: "error", log: (_level, message) => logger().error(message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      requireEmailVerification: true,
      password: { hash: hashPassword, verify: ({ password, hash }) => isPassword(password, hash) },
    },
    ...tables,
    session: { ...tables.session, expiresIn: sessionSeconds, updateAge: renewedAfterSeconds },
    plugins: [twoFactor({ issuer: "Konfirmado", twoFactorCookieMaxAge: challengeSeconds, schema: twoFactorTables })],
    advanced: {
      cookiePrefix: cookiePrefix(),
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", secure: isHttps(), path: "/" },
      database: { generateId: () => newId() },
      ipAddress: { disableIpTracking: true },
    },
  });
}
