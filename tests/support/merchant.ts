import { randomBytes } from "node:crypto";
import { makePerson } from "#commands/accounts/make-person.ts";
import { addMember } from "#commands/members/add-member.ts";
import { system as caller } from "#contracts/caller.ts";
import type { Role } from "#domain/roles.ts";
import { hashPassword } from "#platform/accounts/passwords.ts";
import { openSession } from "#platform/auth.ts";
import { inSystem } from "#platform/db.ts";
import { openClinic } from "./clinic.ts";
import type { Place } from "./world.ts";

export type Merchant = {
  tenantId: string;
  memberId: string;
  person: { id: string; name: string; email: string; password: string };
  /** The value of a Cookie header. For Playwright: `context.addCookies([{ ...asCookie(merchant), url: stage.appUrl }])`. */
  cookie: string;
};

export type MerchantWish = { role?: Role; tenantId?: string; professionalId?: string; seesPhones?: boolean; name?: string; email?: string };

const password = "correct horse battery";
let hash: Promise<string> | undefined;

/** A person who is signed in, with a role at a merchant: at the one named, or at a clinic of their own. */
export async function openMerchant(place: Place, wish: MerchantWish = {}): Promise<Merchant> {
  const { role = "owner", name = "Ana Pérez", email = `ana-${randomBytes(5).toString("hex")}@merchant.example` } = wish;
  const tenantId = wish.tenantId ?? (await openClinic(place)).tenantId;
  hash ??= hashPassword(password);
  const passwordHash = await hash;
  const { personId, memberId } = await inSystem(async (tx) => {
    const made = await makePerson(tx, { name, email, locale: "es", passwordHash });
    if (made === null) throw new Error(`${email} has an account already`);
    const { professionalId = null, seesPhones = false } = wish;
    const added = await addMember(tx, { caller, input: { tenantId, personId: made, role, name, email, professionalId, seesPhones } });
    return { personId: made, memberId: added.id };
  });
  const { cookie } = await openSession({ personId, tenantId });
  return { tenantId, memberId, person: { id: personId, name, email, password }, cookie: `${cookie.name}=${cookie.value}` };
}

export function asCookie({ cookie }: Pick<Merchant, "cookie">): { name: string; value: string } {
  const at = cookie.indexOf("=");
  return { name: cookie.slice(0, at), value: cookie.slice(at + 1) };
}
