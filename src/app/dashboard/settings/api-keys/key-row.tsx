"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ApiKeyAnswer } from "#contracts/merchant/keys.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { classNames } from "#ui/class-names.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { ConfirmDialog } from "#ui/dashboard/dialog.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { usePermissionWords } from "./use-permission-words.ts";

export function KeyRow({ apiKey, timezone, mayChange }: { apiKey: ApiKeyAnswer; timezone: string; mayChange: boolean }) {
  const t = useTranslations("keys");
  const format = useFormatter();
  const { words } = usePermissionWords();
  const { name, shown, permissions, createdBy, createdAt, lastUsedAt, revokedAt } = apiKey;
  const at = (instant: string) => format.dateTime(new Date(instant), { dateStyle: "medium", timeStyle: "short", timeZone: timezone });
  return (
    <li data-testid="api-key" className="flex flex-wrap items-start justify-between gap-4 rounded-2xl border border-line bg-card p-5">
      <div className="min-w-0 space-y-1">
        <h2 className={classNames("break-words font-semibold", revokedAt && "line-through")}>{name}</h2>
        <p className="text-muted text-sm">
          <code>{shown}…</code> ·{" "}
          {createdBy ? t("createdBy", { name: createdBy, time: at(createdAt) }) : t("created", { time: at(createdAt) })}
        </p>
        <p className="text-muted text-sm">{lastUsedAt ? t("lastUsed", { time: at(lastUsedAt) }) : t("neverUsed")}</p>
        <p className="text-sm">{permissions.map(words).join(" · ")}</p>
        {revokedAt && <p className="font-medium text-bad text-sm">{t("revoked", { time: at(revokedAt) })}</p>}
      </div>
      {mayChange && !revokedAt && <Revoking id={apiKey.id} name={name} />}
    </li>
  );
}

function Revoking({ id, name }: { id: string; name: string }) {
  const t = useTranslations("keys");
  const toast = useToast();
  const saving = useSaving();
  const [isAsking, setIsAsking] = useState(false);
  const revoke = () => answerOf(api["api-keys"][":id"].$delete({ param: { id } }));
  return (
    <>
      <Button look="outline" onClick={() => setIsAsking(true)} aria-label={t("revokeName", { name })}>
        {t("revoke")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("revokeTitle")}
        text={t("revokeText")}
        action={t("revoke")}
        isBusy={saving.isSaving}
        onConfirm={() =>
          void saving.save(revoke, () => {
            setIsAsking(false);
            toast(t("revokedNow"));
          })
        }
        problem={<Problem text={saving.problem} />}
      />
    </>
  );
}
