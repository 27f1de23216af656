import { sql } from "kysely";
import type { Origin } from "#contracts/caller.ts";
import type { Passkey, PasskeyMade, PasskeyShown } from "#contracts/passkey.ts";
import { Refusal } from "#contracts/problem.ts";
import { openSession, type SessionCookie } from "#platform/auth.ts";
import { authDb, inAuth } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { sha256Hex } from "#platform/ids.ts";
import { shownPasskey } from "#queries/accounts/passkeys.ts";
import { arrive } from "./arrive.ts";
import { requirePassword } from "./own-password.ts";
import { wishMail } from "./wish-mail.ts";

const challengeMinutes = 5;
const anybody = "passkey:sign-in";
const own = (personId: string) => `passkey:${personId}`;
/** Passkeys belong to a host. Browsers take only a name for one, so not 127.0.0.1. */
const place = () => ({ expectedOrigin: new URL(env().APP_URL).origin, expectedRPID: new URL(env().APP_URL).hostname });

/** Loaded with its first use: few people have one. */
const webAuthn = () => import("@simplewebauthn/server");

/** Whoever answers must be one whom the authenticator knows, by a finger or a code. */
export async function beginPasskeySignIn() {
  const { generateAuthenticationOptions } = await webAuthn();
  const options = await generateAuthenticationOptions({ rpID: place().expectedRPID, userVerification: "required" });
  await keepChallenge(options.challenge, anybody);
  return { ...options };
}

type SignIn = { shown: PasskeyShown; origin: Origin };

/** Refuses: passkey_failed. */
export async function signInWithPasskey({ input: { shown, origin } }: { input: SignIn }): Promise<{ cookie: SessionCookie }> {
  const kept = await authDb().selectFrom("auth.person_passkey").selectAll().where("credential_id", "=", shown.id).executeTakeFirst();
  if (!kept) throw new Refusal("passkey_failed");
  const { verifyAuthenticationResponse } = await webAuthn();
  const { response: given, ...rest } = shown;
  const { userHandle, ...response } = given;
  const credential = { id: kept.credential_id, publicKey: new Uint8Array(kept.public_key), counter: kept.counter };
  const verified = await verifyAuthenticationResponse({
    response: { ...rest, response: { ...response, ...(userHandle && { userHandle }) }, clientExtensionResults: {} },
    expectedChallenge: (challenge) => takeChallenge(challenge, anybody),
    ...place(),
    credential,
  }).catch(() => null);
  if (!verified?.verified) throw new Refusal("passkey_failed");
  const noted = await authDb()
    .updateTable("auth.person_passkey")
    .set({ counter: verified.authenticationInfo.newCounter, last_used_at: sql`now()` })
    .where("id", "=", kept.id)
    .executeTakeFirst();
  // Removed while it was shown.
  if (noted.numUpdatedRows === 0n) throw new Refusal("passkey_failed");
  const { cookie, sessionId } = await openSession({ personId: kept.user_id, ...origin });
  await arrive({ sessionId, origin });
  return { cookie };
}

type Person = { personId: string; name: string; email: string };

/** Refuses: password_wrong. */
export async function beginPasskey({ input }: { input: Person & { password: string } }) {
  const { personId, name, email } = input;
  await requirePassword(input);
  const { generateRegistrationOptions } = await webAuthn();
  const made = await authDb().selectFrom("auth.person_passkey").select("credential_id as id").where("user_id", "=", personId).execute();
  const options = await generateRegistrationOptions({
    rpName: "Konfirmado",
    rpID: place().expectedRPID,
    userID: new Uint8Array(Buffer.from(personId.replaceAll("-", ""), "hex")),
    userName: email,
    userDisplayName: name,
    excludeCredentials: made,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await keepChallenge(options.challenge, own(personId));
  return { ...options };
}

type Made = { personId: string; name: string; made: PasskeyMade };

/** A mail tells of it. Refuses: passkey_failed. */
export async function keepPasskey({ input: { personId, name, made } }: { input: Made }): Promise<Passkey> {
  const { verifyRegistrationResponse } = await webAuthn();
  const { response: given, ...rest } = made;
  const { transports, ...response } = given;
  const verified = await verifyRegistrationResponse({
    response: { ...rest, response: { ...response, ...(transports && { transports }) }, clientExtensionResults: {} },
    expectedChallenge: (challenge) => takeChallenge(challenge, own(personId)),
    ...place(),
  }).catch(() => null);
  if (!verified?.verified) throw new Refusal("passkey_failed");
  const { credential } = verified.registrationInfo;
  return inAuth(async (tx) => {
    const kept = await tx
      .insertInto("auth.person_passkey")
      .values({
        user_id: personId,
        credential_id: credential.id,
        public_key: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: transports ?? [],
        name,
      })
      .onConflict((conflict) => conflict.column("credential_id").doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!kept) throw new Refusal("passkey_failed");
    await tell(tx, personId, "passkey-added");
    return shownPasskey(kept);
  });
}

/** Refuses: not_found. */
export async function removePasskey({ input: { personId, id } }: { input: { personId: string; id: string } }): Promise<void> {
  await inAuth(async (tx) => {
    const removed = await tx.deleteFrom("auth.person_passkey").where("user_id", "=", personId).where("id", "=", id).executeTakeFirst();
    if (removed.numDeletedRows === 0n) throw new Refusal("not_found");
    await tell(tx, personId, "passkey-removed");
  });
}

async function tell(tx: Parameters<typeof wishMail>[0], personId: string, kind: "passkey-added" | "passkey-removed"): Promise<void> {
  const { email, locale } = await tx
    .selectFrom("auth.person")
    .select(["email", "locale"])
    .where("id", "=", personId)
    .executeTakeFirstOrThrow();
  await wishMail(tx, { kind, email, locale, personId });
}

async function keepChallenge(challenge: string, value: string): Promise<void> {
  await authDb()
    .insertInto("auth.person_proof")
    .values({ identifier: sha256Hex(challenge), value, expires_at: sql<Date>`now() + make_interval(mins => ${challengeMinutes})` })
    .execute();
}

/** Once, so that an answer that somebody listened to is worth nothing. */
async function takeChallenge(challenge: string, value: string): Promise<boolean> {
  const taken = await authDb()
    .deleteFrom("auth.person_proof")
    .where("identifier", "=", sha256Hex(challenge))
    .where("value", "=", value)
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirst();
  return taken.numDeletedRows === 1n;
}
