"use client";

import { FileText, Paperclip } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import type { RefundCaseListed } from "#contracts/desk/money.ts";
import { proofFilesMax, proofFileTypes } from "#contracts/ledger/limits.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { uploadProof } from "#ui/dashboard/upload-proof.ts";
import { useSaving } from "#ui/dashboard/use-saving.ts";

type ProofFilesProps = { refundCase: RefundCaseListed; mayAdd: boolean };

/** Receipts of a refund by hand. They are kept for good, so nothing here takes one away. */
export function ProofFiles({ refundCase: { id, proofFiles }, mayAdd }: ProofFilesProps) {
  const t = useTranslations("money.proofFiles");
  const toast = useToast();
  const saving = useSaving();
  const input = useRef<HTMLInputElement>(null);
  if (proofFiles.length === 0 && !mayAdd) return null;

  function choose(field: HTMLInputElement) {
    const [file] = field.files ?? [];
    if (!file) return;
    void saving
      .save(
        () => uploadProof(id, file),
        () => toast(t("added")),
      )
      .finally(() => {
        field.value = "";
      });
  }

  return (
    <div className="space-y-2 text-sm" data-testid="proof-files">
      <ul className="space-y-1 empty:hidden">
        {proofFiles.map((file) => (
          <li key={file.id}>
            <a
              href={`/api/refund-cases/${id}/proofs/${file.id}`}
              download={file.name}
              className="inline-flex min-h-11 items-center gap-2 break-all text-brand-ink underline underline-offset-4"
            >
              <FileText aria-hidden className="size-4 shrink-0" />
              {file.name}
            </a>
          </li>
        ))}
      </ul>
      {mayAdd && proofFiles.length < proofFilesMax && (
        <>
          <input
            ref={input}
            type="file"
            accept={proofFileTypes.join(",")}
            aria-label={t("add")}
            tabIndex={-1}
            className="sr-only"
            onChange={({ currentTarget }) => choose(currentTarget)}
          />
          <Button look="outline" busyText={saving.isSaving ? t("adding") : undefined} onClick={() => input.current?.click()}>
            <Paperclip aria-hidden className="size-4" />
            {t("add")}
          </Button>
          <p className="text-muted">{t("hint")}</p>
        </>
      )}
      <Problem text={saving.code === "proof_too_large" ? t("tooLarge") : saving.problem} />
    </div>
  );
}
