import { proofBytesMax } from "#contracts/ledger/limits.ts";
import { ApiProblem, problemOf } from "../api.ts";
import { tenantHeader } from "./api.ts";

const timeoutMs = 60_000;

/** Sends a file as it is. The same file again is kept once, so a retry is harmless. */
export async function uploadProof(refundCaseId: string, file: File): Promise<void> {
  // The server would close the connection, and the browser could not tell why.
  if (file.size > proofBytesMax) throw new ApiProblem("proof_too_large");
  const headers = { accept: "application/json", "content-type": file.type || "application/octet-stream", ...tenantHeader() };
  const address = `/api/refund-cases/${refundCaseId}/proofs?${new URLSearchParams({ name: file.name.slice(-100) })}`;
  const asked = { method: "POST", headers, body: file, cache: "no-store", signal: AbortSignal.timeout(timeoutMs) } as const;
  const answer = await fetch(address, asked).catch(() => {
    throw new ApiProblem("unreachable");
  });
  if (!answer.ok) throw problemOf(await answer.json().catch(() => null));
}
