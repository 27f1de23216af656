import type { Caller } from "#contracts/caller.ts";
import { newTenant } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { countryOf } from "#domain/countries.ts";
import { inTenant } from "#platform/db.ts";
import { newId, randomBytes } from "#platform/ids.ts";
import { keepInvitation } from "../members/invite-member.ts";
import { createTenant } from "./create-tenant.ts";

type Open = { caller: Caller; input: { name: string; email: string; country: string; locale?: string | undefined } };

const slugLengthMax = 50;

/**
 * A merchant made by the operator. The owner gets a mail with an invitation, so that an address
 * that nobody has proven owns nothing. Refuses: slug_taken, if even a word with a number is.
 */
export async function openTenant({ caller, input }: Open): Promise<{ tenantId: string; slug: string }> {
  const { name, email, country } = input;
  const { timezone, locale } = countryOf(country);
  const tenantId = newId();
  const make = (slug: string) =>
    createTenant({
      caller,
      input: newTenant.parse({ id: tenantId, slug, name, country, timezone, locale: input.locale ?? locale, notifyEmail: email }),
    });
  let slug = slugOf(name);
  try {
    await make(slug);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "slug_taken") throw error;
    slug = `${slug}-${randomBytes(2).toString("hex")}`;
    await make(slug);
  }
  const values = { email, role: "owner", professional_id: null, sees_phones: true } as const;
  await inTenant(tenantId, (tx) => keepInvitation(tx, { caller, tenantId, invitedBy: "Konfirmado", values }));
  return { tenantId, slug };
}

function slugOf(name: string): string {
  const plain = name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, slugLengthMax)
    .replaceAll(/^-+|-+$/g, "");
  return plain.length >= 2 ? plain : `m-${randomBytes(3).toString("hex")}`;
}
