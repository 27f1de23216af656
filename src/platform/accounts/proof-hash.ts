import { sha256Hex } from "../ids.ts";

/** What a mail's link is good for. */
export type ProofPurpose = "verify" | "reset" | "email" | "invitation";

/** As tables keep a token, so that a stolen table opens no link. */
export const proofHash = (purpose: ProofPurpose, token: string): string => sha256Hex(`${purpose}:${token}`);
