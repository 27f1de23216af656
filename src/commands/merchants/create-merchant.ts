import type { Caller, Origin } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { countryOf } from "#domain/countries.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { makePerson } from "../accounts/make-person.ts";
import { logCatalogChange } from "../change-catalog.ts";
import { claimWord } from "../claim-word.ts";
import { addMember } from "../members/add-member.ts";
import { slugsFor } from "./slugs.ts";

export type NewMerchant = {
  business: string;
  country: string;
  email: string;
  locale: string;
  passwordHash: string;
  name?: string;
  origin?: Origin;
};

/**
 * Person, tenant and owner: all of them or none, in a transaction of the system role. Zone,
 * currency and language follow from the country. Refuses: email_taken.
 */
export async function createMerchant(
  tx: Tx,
  { caller, input }: { caller: Caller; input: NewMerchant },
): Promise<{ tenantId: string; personId: string; memberId: string }> {
  const { business, country, email, locale, passwordHash, name = nameFrom(email) } = input;
  const personId = await makePerson(tx, { name, email, locale, passwordHash });
  if (personId === null) throw new Refusal("email_taken");
  const tenantId = newId();
  const known = countryOf(country);
  await tx
    .insertInto("tenant")
    .values({
      tenant_id: tenantId,
      slug: await claimSlug(tx, business, tenantId),
      name: business,
      country,
      timezone: known.timezone,
      currency: known.currency,
      locale: known.locale,
      notify_email: email,
    })
    .execute();
  const { id: memberId } = await addMember(tx, { caller, input: { tenantId, personId, role: "owner", name, email, origin: input.origin } });
  const by: Caller = caller.kind === "system" ? { kind: "member", memberId, ...(input.origin && { origin: input.origin }) } : caller;
  await logCatalogChange(tx, { caller: by, tenantId, kind: "tenant.created" });
  return { tenantId, personId, memberId };
}

/** `ana.perez` of `ana.perez@example.com`, until they say their name. */
function nameFrom(email: string): string {
  const local = email
    .slice(0, email.lastIndexOf("@"))
    .replaceAll(/[._+-]+/g, " ")
    .trim();
  return (local || email).slice(0, 100);
}

async function claimSlug(tx: Tx, business: string, tenantId: string): Promise<string> {
  for (const key of slugsFor(business, tenantId)) if (await claimWord(tx, { kind: "tenant_slug", key, tenantId })) return key;
  throw new Error("no slug is free");
}
