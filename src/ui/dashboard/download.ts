import { ApiProblem, problemOf } from "../api.ts";
import { tenantHeader } from "./api.ts";

/** A file of the merchant that this page shows. Throws ApiProblem. */
export async function fetchFile(address: string): Promise<Blob> {
  const answer = await fetch(address, { headers: tenantHeader(), cache: "no-store" }).catch(() => {
    throw new ApiProblem("unreachable");
  });
  if (!answer.ok) throw problemOf(await answer.json().catch(() => null));
  return answer.blob();
}

export async function download(address: string, fileName: string): Promise<void> {
  const url = URL.createObjectURL(await fetchFile(address));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
