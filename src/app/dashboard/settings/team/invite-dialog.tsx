"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Role } from "#contracts/caller.ts";
import { readEmail } from "#contracts/contact.ts";
import { Problem } from "#ui/alert.tsx";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { type Professional, RoleFields, roleFieldsOf } from "./role-fields.tsx";

type InviteDialogProps = { manages: readonly Role[]; professionals: readonly Professional[]; onClose: () => void };

export function InviteDialog({ manages, professionals, onClose }: InviteDialogProps) {
  const t = useTranslations("account.team");
  const words = useTranslations("account");
  const saving = useSaving();
  const toast = useToast();
  const [isWrong, setIsWrong] = useState(false);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const email = String(new FormData(form).get("email") ?? "");
    const read = readEmail(email);
    const isUsable = read !== null && !read.unsendable;
    setIsWrong(!isUsable);
    if (!isUsable) return form.querySelector<HTMLElement>("[name=email]")?.focus();
    const json = { email, ...roleFieldsOf(form, manages) };
    const header = { "idempotency-key": newIdempotencyKey() };
    void saving.save(
      () => answerOf(api.members.invitations.$post({ json, header })),
      (invitation) => {
        onClose();
        toast(t("invited", { address: invitation.email }));
      },
    );
  };
  const problem = isWrong || saving.wrong.includes("email") ? words("problems.email") : undefined;
  return (
    <Dialog isOpen onClose={onClose} title={t("inviteTitle")} text={t("inviteLead")}>
      <form onSubmit={send} noValidate className="space-y-5">
        <Field name="email" type="email" label={words("email")} autoComplete="off" inputMode="email" problem={problem} />
        <RoleFields manages={manages} professionals={professionals} given={{ role: "staff", professionalId: null, seesPhones: false }} />
        <Problem text={saving.problem} />
        <Button type="submit" busyText={saving.isSaving ? t("sending") : undefined} data-testid="send-invitation">
          {t("inviteSend")}
        </Button>
      </form>
    </Dialog>
  );
}
