"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import type { ShownMember } from "#contracts/account.ts";
import type { Role } from "#contracts/caller.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { type Professional, RoleFields, roleFieldsOf } from "./role-fields.tsx";

type ChangeDialogProps = {
  member: ShownMember;
  manages: readonly Role[];
  professionals: readonly Professional[];
  onClose: () => void;
};

export function ChangeDialog({ member, manages, professionals, onClose }: ChangeDialogProps) {
  const t = useTranslations("account.team");
  const saving = useSaving();
  const toast = useToast();
  const { id, version } = member;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const json = { version, ...roleFieldsOf(event.currentTarget, manages) };
    void saving.save(
      () => answerOf(api.members[":id"].$patch({ param: { id }, json })),
      () => {
        onClose();
        toast(t("saved"));
      },
    );
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("changeTitle", { name: member.name })}>
      <form onSubmit={send} className="space-y-5">
        <RoleFields manages={manages} professionals={professionals} given={member} />
        <SaveBar saving={saving} label={t("save")} />
      </form>
    </Dialog>
  );
}
