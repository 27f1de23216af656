"use client";

import { useTranslations } from "next-intl";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";

export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useTranslations("account.security");
  return (
    <div className="space-y-5">
      <p className="text-muted">{t("codesLead")}</p>
      <ul className="grid grid-cols-2 gap-2 rounded-xl border border-line bg-paper p-4 font-mono" data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        <CopyButton text={codes.join("\n")} />
        <Button onClick={onKept}>{t("codesKept")}</Button>
      </div>
    </div>
  );
}
