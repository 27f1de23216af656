import type { Caller } from "#contracts/caller.ts";
import { newTenant } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { countryOf } from "#domain/countries.ts";
import { inTenant } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { keepInvitation } from "../members/invite-member.ts";
import { createTenant } from "../tenants/create-tenant.ts";
import { slugsFor } from "./slugs.ts";

type Open = { caller: Caller; input: { name: string; email: string; country: string; locale?: string | undefined } };

/**
 * A merchant made by the operator. The owner gets a mail with an invitation, so that an address
 * that nobody has proven owns nothing. Refuses: slug_taken.
 */
export async function openTenant({ caller, input }: Open): Promise<{ tenantId: string; slug: string }> {
  const { name, email, country } = input;
  const { timezone, currency, locale } = countryOf(country);
  const tenantId = newId();
  const about = { id: tenantId, name, country, timezone, currency, locale: input.locale ?? locale, notifyEmail: email };
  const slug = await firstFree(slugsFor(name, tenantId), (word) =>
    createTenant({ caller, input: newTenant.parse({ ...about, slug: word }) }),
  );
  const values = { email, role: "owner", professional_id: null, sees_phones: true } as const;
  await inTenant(tenantId, (tx) => keepInvitation(tx, { caller, tenantId, invitedBy: "Konfirmado", values }));
  return { tenantId, slug };
}

async function firstFree(words: string[], make: (slug: string) => Promise<unknown>): Promise<string> {
  for (const word of words) {
    try {
      await make(word);
      return word;
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "slug_taken") throw error;
    }
  }
  throw new Refusal("slug_taken");
}
