"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { AddPasskey } from "./add-passkey.tsx";
import { Section } from "./section.tsx";

type Shown = { id: string; name: string; used: string | null };

export function Passkeys({ passkeys }: { passkeys: readonly Shown[] }) {
  const t = useTranslations("account.security");
  const saving = useSaving();
  const toast = useToast();
  const [isAdding, setIsAdding] = useState(false);
  const remove = (id: string) =>
    saving.save(
      () => answerOf(api.account.passkeys[":id"].$delete({ param: { id } })),
      () => toast(t("passkeyRemoved")),
    );
  const added = () => {
    setIsAdding(false);
    toast(t("passkeyAdded"));
  };
  return (
    <Section title={t("passkeysTitle")} lead={t("passkeysLead")}>
      {passkeys.length > 0 && (
        <ul className="divide-y divide-line">
          {passkeys.map(({ id, name, used }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
              <KeyRound aria-hidden className="size-5 shrink-0 text-muted" />
              <div className="min-w-0 grow basis-40">
                <p className="break-words font-medium">{name}</p>
                <p className="text-muted text-sm">{used === null ? t("passkeyUnused") : t("passkeyUsed", { date: used })}</p>
              </div>
              <Button look="outline" onClick={() => remove(id)} aria-label={`${t("passkeyRemove")}: ${name}`}>
                {t("passkeyRemove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Problem text={saving.problem} />
      <Button look="outline" onClick={() => setIsAdding(true)} data-testid="passkey-add">
        {t("passkeyAdd")}
      </Button>
      <Dialog isOpen={isAdding} onClose={() => setIsAdding(false)} title={t("passkeyAdd")}>
        <AddPasskey onAdded={added} />
      </Dialog>
    </Section>
  );
}
