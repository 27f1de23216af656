import type { Place } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tone } from "#contracts/settings/tones.ts";
import { appDb, inTenant } from "#platform/db.ts";
import { readSignedLink } from "#platform/link-tokens.ts";
import { isServedHere } from "#platform/served-tenant.ts";
import { isPublicId, loadCatalog, loadTenantCatalog, type TenantCatalog } from "../catalog.ts";
import { tenantOfCheckout } from "../checkout-tenant.ts";
import { readPlace } from "./locations.ts";

/** How a merchant's pages present themselves. */
export type MerchantPage = {
  tone: Tone;
  isListed: boolean;
  shareTitle: string | null;
  shareText: string | null;
  shareImageUrl: string | null;
};

/** Refuses: link_unknown, link_inactive, link_expired. */
export async function loadMerchantPage(link: string): Promise<MerchantPage> {
  return pageOf(await loadCatalog(link));
}

export async function loadPageOfTenant(tenantId: string): Promise<MerchantPage> {
  return pageOf(await loadTenantCatalog(tenantId));
}

function pageOf({ tenant }: TenantCatalog): MerchantPage {
  const { tone, isListed, shareTitle, shareText, shareImageUrl } = tenant;
  return { tone, isListed, shareTitle, shareText, shareImageUrl };
}

/** How the merchant of a booking addresses people. Refuses: checkout_unknown. */
export async function loadToneOfBooking(bookingId: string): Promise<Tone> {
  const { tenant } = await loadTenantCatalog(await tenantOfCheckout(bookingId));
  return tenant.tone;
}

export type MerchantTerms = {
  tenant: { name: string; logoUrl: string | null; primaryColor: string; secondaryColor: string; locale: string };
  termsText: string | null;
  controllerName: string | null;
  place: Place | null;
};

/** Also of a link that has expired: who booked by it may read them. Refuses: link_unknown. */
export async function loadMerchantTerms(link: string): Promise<MerchantTerms> {
  return loadTermsOfTenant(await tenantOfLink(link));
}

export async function loadTermsOfTenant(tenantId: string): Promise<MerchantTerms> {
  return inTenant(tenantId, async (tx) => {
    const tenant = await tx
      .selectFrom("tenant")
      .select(["name", "logo_url as logoUrl", "primary_color as primaryColor", "secondary_color as secondaryColor", "locale"])
      .select(["terms_text as termsText", "controller_name as controllerName"])
      .executeTakeFirstOrThrow();
    const { termsText, controllerName, ...rest } = tenant;
    return { tenant: rest, termsText, controllerName, place: await readPlace(tx, null) };
  });
}

/** By a public id or a signed link. */
async function tenantOfLink(link: string): Promise<string> {
  const signed = isPublicId(link) ? null : await readSignedLink(link);
  const key = signed === null ? link : signed === "expired" ? "" : signed.publicId;
  if (!isPublicId(key)) throw new Refusal("link_unknown");
  const entry = await appDb()
    .selectFrom("directory")
    .select("tenant_id")
    .where("kind", "=", "link")
    .where("key", "=", key)
    .executeTakeFirst();
  if (!entry || !isServedHere(entry.tenant_id)) throw new Refusal("link_unknown");
  return entry.tenant_id;
}
