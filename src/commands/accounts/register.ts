import { sql } from "kysely";
import type { Registration } from "#contracts/account.ts";
import { countryOf } from "#domain/countries.ts";
import { hashPassword } from "#platform/accounts/passwords.ts";
import { inAuth } from "#platform/db.ts";
import { wishMail } from "./wish-mail.ts";

/** A registration that nobody has confirmed is deleted after so many hours. */
const hoursKept = 24;

/**
 * Keeps what was typed and wishes a mail. Nothing is made before its link is opened, so an address
 * that nobody has proven owns nothing, and the answer is the same for every address.
 */
export async function register({ input }: { input: Registration }): Promise<void> {
  const { business, country, email, password } = input;
  const locale = input.locale ?? countryOf(country).locale;
  const hash = await hashPassword(password);
  await inAuth(async (tx) => {
    const { id } = await tx
      .insertInto("auth.registration")
      .values({
        business,
        country,
        email,
        locale,
        password: hash,
        expires_at: sql<Date>`now() + make_interval(hours => ${hoursKept})`,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await wishMail(tx, { kind: "verify", email, locale, registrationId: id });
  });
}

/** Wishes the mail anew, or another mail for an address that has an account or none. */
export async function resendVerification({ input: { email, locale } }: { input: { email: string; locale: string } }): Promise<void> {
  await inAuth((tx) => wishMail(tx, { kind: "verify", email, locale }));
}
