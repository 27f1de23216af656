import { randomBytes } from "node:crypto";
import type { Account } from "./payer.ts";

export type WompiKeys = { publicKey: string; privateKey: string; eventsSecret: string; integritySecret: string };

/** The account's keys by name, for tests of this provider's own contract. */
export function wompiKeys({ credentials }: Account): WompiKeys {
  const { publicKey = "", privateKey = "", eventsSecret = "", integritySecret = "" } = credentials;
  return { publicKey, privateKey, eventsSecret, integritySecret };
}

export function newKeys(): WompiKeys {
  const short = randomBytes(5).toString("hex");
  return {
    publicKey: `pub_test_${short}`,
    privateKey: `prv_test_${short}`,
    eventsSecret: `test_events_${short}`,
    integritySecret: `test_integrity_${short}`,
  };
}
