"use client";

import { useTranslations } from "next-intl";
import type { ShownInvitation } from "#contracts/account.ts";
import type { Role } from "#contracts/caller.ts";
import { Problem } from "#ui/alert.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";

type InvitationsProps = { invitations: readonly (ShownInvitation & { until: string })[]; manages: readonly Role[] };

export function Invitations({ invitations, manages }: InvitationsProps) {
  const t = useTranslations("account.team");
  const roles = useTranslations("account.roles");
  const saving = useSaving();
  const toast = useToast();
  const withdraw = ({ id, email }: ShownInvitation) =>
    saving.save(
      () => answerOf(api.members.invitations[":id"].$delete({ param: { id } })),
      () => toast(t("withdrawn", { address: email })),
    );
  return (
    <section className="mt-8">
      <h2 className="mb-3 font-semibold text-lg">{t("invitations")}</h2>
      <Problem text={saving.problem} />
      <Card className="divide-y divide-line py-2 sm:py-3">
        {invitations.map((invitation) => (
          <div key={invitation.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3" data-testid="invitation">
            <div className="min-w-0 grow basis-48">
              <p className="break-words font-medium">{invitation.email}</p>
              <p className="text-muted text-sm">{invitation.isExpired ? t("expired") : t("until", { date: invitation.until })}</p>
            </div>
            <Badge>{roles(invitation.role)}</Badge>
            {manages.includes(invitation.role) && (
              <Button look="outline" onClick={() => withdraw(invitation)} aria-label={`${t("withdraw")}: ${invitation.email}`}>
                {t("withdraw")}
              </Button>
            )}
          </div>
        ))}
      </Card>
    </section>
  );
}
