import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import { type ProofFileType, proofFilesMax, proofNameLengthMax } from "#contracts/ledger/limits.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId, sha256Hex } from "#platform/ids.ts";
import { drawPage } from "#providers/files/draw-page.ts";
import { logCase } from "./log-case.ts";

type Adding = {
  caller: Caller;
  input: { tenantId: string; refundCaseId: string; name: string; type: ProofFileType; bytes: Uint8Array };
};
type Proof = { hash: string; name: string; type: "image/jpeg" | "application/pdf"; content: Buffer };

/**
 * Keeps a file that proves a refund by hand, for good. The same file again is kept once, so a
 * repeat is harmless. Returns its id. Refuses: refund_case_unknown, refund_case_not_manual,
 * proof_type, image_unreadable, limit_reached, rate_limited.
 */
export async function addRefundProof({ caller, input }: Adding): Promise<{ id: string }> {
  const { tenantId, refundCaseId, name, type, bytes } = input;
  // Before anything is drawn: a picture costs more than a look.
  await inTenant(tenantId, (tx) => lockCase(tx, refundCaseId));
  const proof = await proofOf({ name, type, bytes });
  return inTenant(tenantId, async (tx) => {
    const refundCase = await lockCase(tx, refundCaseId);
    const kept = await tx.selectFrom("refund_proof").select(["id", "hash"]).where("refund_case_id", "=", refundCaseId).execute();
    const same = kept.find(({ hash }) => hash === proof.hash);
    if (same) return { id: same.id };
    if (kept.length >= proofFilesMax) throw new Refusal("limit_reached");
    const id = newId();
    const actor = actorOf(caller);
    await tx
      .insertInto("refund_proof")
      .values({ ...proof, tenant_id: tenantId, id, refund_case_id: refundCaseId, actor })
      .execute();
    const details = { proofId: id, type: proof.type, bytes: proof.content.byteLength };
    await logCase(tx, refundCase, { kind: "refund_case.proof_added", details, actor, origin: originOf(caller) });
    return { id };
  });
}

/** Also once it is done: a receipt may come later. */
async function lockCase(tx: Tx, id: string) {
  const found = await tx.selectFrom("refund_case").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (!found) throw new Refusal("refund_case_unknown");
  if (found.method !== "manual" || found.withdrawn_at !== null) throw new Refusal("refund_case_not_manual");
  return found;
}

async function proofOf({ name, type, bytes }: Pick<Adding["input"], "name" | "type" | "bytes">): Promise<Proof> {
  if (type === "application/pdf") {
    if (Buffer.from(bytes.subarray(0, 5)).toString("latin1") !== "%PDF-") throw new Refusal("proof_type");
    const content = Buffer.from(bytes);
    return { hash: sha256Hex(content), name: named(name, ".pdf"), type, content };
  }
  const content = await drawPage(bytes, type);
  return { hash: sha256Hex(content), name: named(name, ".jpg"), type: "image/jpeg", content };
}

/** For whoever downloads it: no path, nothing unseen, and the ending of what it has become. */
function named(given: string, ending: ".pdf" | ".jpg"): string {
  const base = given
    .normalize("NFC")
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}"*/:<>?\\|]/gu, " ")
    .replace(/\.[a-z0-9]{1,5}$/i, "")
    .trim();
  return `${
    [...base]
      .slice(0, proofNameLengthMax / 2)
      .join("")
      .trim() || "proof"
  }${ending}`;
}
