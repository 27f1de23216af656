import { sql } from "kysely";
import { type PersonMailKind, personMailKinds } from "#contracts/account-mails.ts";
import { authDb, inAuth, type Tx } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { emailProof } from "./change-person.ts";
import { keepProof } from "./proofs.ts";
import { resetValue } from "./recover.ts";

export type PersonMail = {
  id: string;
  email: string;
  locale: string;
  /** What it says: `existing` for an address that has an account already. */
  says: PersonMailKind | "existing";
  /** Where its button leads. */
  url: string;
};

const hoursToVerify = 24;
const minutesToReset = 60;
const hoursToConfirmEmail = 24;

/**
 * Finds out what the wished mail says, and keeps the proof that its link will bring. Returns null
 * if there is nobody to write to. A repeat says the same.
 */
export function prepareMail(mailId: string): Promise<PersonMail | null> {
  return inAuth(async (tx) => {
    const wish = await tx.selectFrom("auth.person_mail").selectAll().where("id", "=", mailId).executeTakeFirst();
    const kind = personMailKinds.find((known) => known === wish?.kind);
    if (!wish || !kind) return null;
    const said = await sayingOf(tx, { ...wish, kind });
    return said && { id: wish.id, email: wish.email, locale: wish.locale, ...said };
  });
}

export async function forgetMail(mailId: string): Promise<void> {
  await authDb().deleteFrom("auth.person_mail").where("id", "=", mailId).execute();
}

type Wish = { id: string; kind: PersonMailKind; email: string; person_id: string | null; registration_id: string | null };
type Saying = Pick<PersonMail, "says" | "url">;

async function sayingOf(tx: Tx, wish: Wish): Promise<Saying | null> {
  const { id, kind, email } = wish;
  const owner = await tx.selectFrom("auth.person").select("id").where("email", "=", email).executeTakeFirst();
  switch (kind) {
    case "verify": {
      if (owner) return { says: "existing", url: page("/login") };
      const registrationId = wish.registration_id ?? (await newestRegistration(tx, email));
      if (registrationId === null) return null;
      const token = await keepProof(tx, { purpose: "verify", id, value: registrationId, minutes: hoursToVerify * 60 });
      return { says: kind, url: page("/verify", token) };
    }
    case "reset": {
      if (!owner) return null;
      const token = await keepProof(tx, { purpose: "reset", id, value: resetValue(owner.id), minutes: minutesToReset });
      return { says: kind, url: page("/reset", token) };
    }
    case "email-change": {
      if (owner || wish.person_id === null) return owner ? { says: "existing", url: page("/login") } : null;
      const value = JSON.stringify(emailProof.parse({ personId: wish.person_id, email }));
      const token = await keepProof(tx, { purpose: "email", id, value, minutes: hoursToConfirmEmail * 60 });
      return { says: kind, url: page("/confirm-email", token) };
    }
    case "email-changed":
    case "password-changed":
    case "two-factor-on":
    case "two-factor-off":
    case "passkey-added":
    case "passkey-removed":
      return { says: kind, url: page(kind === "password-changed" ? "/forgot" : "/dashboard/settings/security") };
    default:
      return kind satisfies never;
  }
}

async function newestRegistration(tx: Tx, email: string): Promise<string | null> {
  const found = await tx
    .selectFrom("auth.registration")
    .select("id")
    .where("email", "=", email)
    .where("expires_at", ">", sql<Date>`now()`)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return found?.id ?? null;
}

/** After the `#`, so that the token is in no server's log and goes to no other site. */
const page = (path: string, token?: string): string => `${env().APP_URL}${path}${token === undefined ? "" : `#${token}`}`;
