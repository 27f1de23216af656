import { imageBytesMax } from "#contracts/settings/images.ts";
import { ApiProblem, problemOf } from "../api.ts";
import { tenantHeader } from "./api.ts";

const timeoutMs = 60_000;

/** Sends a file as it is and returns the address of the picture that was made of it. */
export async function uploadPicture(file: File): Promise<string> {
  // The server would close the connection, and the browser could not tell why.
  if (file.size > imageBytesMax) throw new ApiProblem("picture_too_large");
  const headers = { accept: "application/json", "content-type": file.type || "application/octet-stream", ...tenantHeader() };
  const asked = { method: "POST", headers, body: file, cache: "no-store", signal: AbortSignal.timeout(timeoutMs) } as const;
  const answer = await fetch("/api/images", asked).catch(() => {
    throw new ApiProblem("unreachable");
  });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok || typeof body !== "object" || body === null || !("url" in body)) throw problemOf(body);
  return String(body.url);
}
