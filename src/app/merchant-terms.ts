import { headers } from "next/headers";
import { cache } from "react";
import { Refusal } from "#contracts/problem.ts";
import { loadMerchantTerms, type MerchantTerms } from "#queries/merchant/merchant-page.ts";
import { atHost } from "#queries/merchant/served-tenant.ts";

/** Also of a link that is no longer good. Returns null for one that nobody has. */
export const merchantTermsOf = cache(async (link: string): Promise<MerchantTerms | null> => {
  try {
    return await atHost((await headers()).get("host"), () => loadMerchantTerms(link));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
});
