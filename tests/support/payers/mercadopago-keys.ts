import { randomBytes, randomInt } from "node:crypto";
import type { Account } from "./payer.ts";

export type MercadopagoKeys = { accessToken: string; webhookSecret: string };

export function mercadopagoKeys({ credentials }: Account): MercadopagoKeys {
  const { accessToken = "", webhookSecret = "" } = credentials;
  return { accessToken, webhookSecret };
}

/** The last part of an access token is the account's number. */
export const accountNumber = (account: Account): string => mercadopagoKeys(account).accessToken.split("-").at(-1) ?? "";

export function newKeys(): MercadopagoKeys {
  const application = `1${String(randomInt(1e9)).padStart(15, "0")}`;
  return {
    accessToken: `APP_USR-${application}-112700-${randomBytes(16).toString("hex")}-${randomInt(100_000_000, 1_000_000_000)}`,
    webhookSecret: randomBytes(32).toString("hex"),
  };
}
