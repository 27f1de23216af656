import { z } from "zod";
import { Refusal } from "#contracts/problem.ts";
import { auth } from "#platform/auth.ts";
import { authDb, inAuth } from "#platform/db.ts";
import { requirePassword } from "./own-password.ts";
import { takeCode } from "./second-factor.ts";
import { wishMail } from "./wish-mail.ts";

type Guarded = { personId: string; password: string; headers: Headers };
const begun = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });

/** Nothing changes until a code confirms it. Refuses: password_wrong, second_factor_state. */
export async function beginTwoFactor({ input }: { input: Guarded }): Promise<{ address: string; recoveryCodes: string[] }> {
  const { password, headers } = input;
  await requirePassword(input);
  const response = await (await auth()).api.enableTwoFactor({ body: { password }, headers, asResponse: true });
  if (!response.ok) throw new Refusal("second_factor_state");
  const { totpURI, backupCodes } = begun.parse(await response.json());
  return { address: totpURI, recoveryCodes: backupCodes };
}

type Confirmed = { personId: string; code: string; headers: Headers };

/** This session gets another cookie. Refuses: second_factor_failed, second_factor_state. */
export async function confirmTwoFactor({ input: { personId, code, headers } }: { input: Confirmed }): Promise<{ cookies: string[] }> {
  const kept = await authDb().selectFrom("auth.person_two_factor").select("verified").where("user_id", "=", personId).executeTakeFirst();
  if (!kept || kept.verified) throw new Refusal("second_factor_state");
  if (!(await takeCode(personId, code))) throw new Refusal("second_factor_failed");
  const response = await (await auth()).api.verifyTOTP({ body: { code }, headers, asResponse: true });
  if (!response.ok) throw new Refusal("second_factor_failed");
  await tell(personId, "two-factor-on");
  return { cookies: response.headers.getSetCookie() };
}

/** Refuses: password_wrong. */
export async function endTwoFactor({ input }: { input: Guarded }): Promise<{ cookies: string[] }> {
  const { personId, password, headers } = input;
  await requirePassword(input);
  const response = await (await auth()).api.disableTwoFactor({ body: { password }, headers, asResponse: true });
  if (!response.ok) throw new Refusal("second_factor_state");
  await tell(personId, "two-factor-off");
  return { cookies: response.headers.getSetCookie() };
}

/** Refuses: password_wrong, second_factor_state. */
export async function renewRecoveryCodes({ input }: { input: Guarded }): Promise<{ recoveryCodes: string[] }> {
  const { password, headers } = input;
  await requirePassword(input);
  const response = await (await auth()).api.generateBackupCodes({ body: { password }, headers, asResponse: true });
  if (!response.ok) throw new Refusal("second_factor_state");
  return { recoveryCodes: begun.pick({ backupCodes: true }).parse(await response.json()).backupCodes };
}

function tell(personId: string, kind: "two-factor-on" | "two-factor-off"): Promise<void> {
  return inAuth(async (tx) => {
    const { email, locale } = await tx
      .selectFrom("auth.person")
      .select(["email", "locale"])
      .where("id", "=", personId)
      .executeTakeFirstOrThrow();
    await wishMail(tx, { kind, email, locale, personId });
  });
}
