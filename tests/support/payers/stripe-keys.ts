import { randomBytes } from "node:crypto";
import type { Account } from "./payer.ts";

export type StripeKeys = { accountId: string; secretKey: string; webhookSecret: string };

/** The account's keys by name, for tests of this provider's own contract. */
export function stripeKeys({ credentials }: Account): StripeKeys {
  const { accountId = "", secretKey = "", webhookSecret = "" } = credentials;
  return { accountId, secretKey, webhookSecret };
}

export function newStripeKeys(): StripeKeys {
  const short = () => randomBytes(8).toString("hex");
  return { accountId: `acct_1${short()}`, secretKey: `sk_test_51${short()}`, webhookSecret: `whsec_${short()}` };
}
