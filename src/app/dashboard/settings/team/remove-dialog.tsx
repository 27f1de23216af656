"use client";

import { useTranslations } from "next-intl";
import type { ShownMember } from "#contracts/account.ts";
import { Problem } from "#ui/alert.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { ConfirmDialog } from "#ui/dashboard/dialog.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";

export function RemoveDialog({ member, onClose }: { member: ShownMember; onClose: () => void }) {
  const t = useTranslations("account.team");
  const saving = useSaving();
  const toast = useToast();
  const { id, name } = member;
  const remove = () =>
    saving.save(
      () => answerOf(api.members[":id"].$delete({ param: { id } })),
      () => {
        onClose();
        toast(t("removed", { name }));
      },
    );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("removeTitle", { name })}
      text={t("removeText")}
      action={t("remove")}
      isBusy={saving.isSaving}
      onConfirm={remove}
      problem={<Problem text={saving.problem} />}
    />
  );
}
