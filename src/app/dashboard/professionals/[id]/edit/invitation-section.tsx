"use client";

import { Link2, Mail } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { CalendarInvitation } from "#contracts/professionals.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatShort } from "#ui/format.ts";

type Invited = { id: string; name: string; email: string | null };
type SectionProps = { professional: Invited; invitation: CalendarInvitation | null; timezone: string; locale: string };

export function InvitationSection({ professional, invitation, timezone, locale }: SectionProps) {
  const t = useTranslations("professionals.invitation");
  const toast = useToast();
  const saving = useSaving();
  const [shown, setShown] = useState(invitation);
  useEffect(() => setShown(invitation), [invitation]);
  const { name, email } = professional;
  const of = { param: { id: professional.id } };
  const when = (instant: string) => formatShort({ instant, locale, timezone });

  const make = () => saving.save(() => answerOf(api.professionals[":id"].invite.$post({ ...of, json: {} })), setShown);
  const mail = () =>
    saving.save(
      () => answerOf(api.professionals[":id"].invitation.mail.$post(of)),
      (answer) => {
        setShown(answer.invitation);
        toast(t("mailSent"));
      },
    );
  const revoke = () =>
    saving.save(
      () => answerOf(api.professionals[":id"].invitation.$delete(of)),
      () => {
        setShown(null);
        toast(t("revoked"));
      },
    );

  const isLive = shown !== null && !shown.isExpired && shown.url !== null;
  return (
    <Card className="space-y-4" data-testid="invitation">
      <div>
        <h2 className="font-semibold text-lg">{t("title")}</h2>
        <p className="text-muted">{t("lead", { name })}</p>
      </div>
      {shown?.confirmedAt && (
        <Alert tone="good">
          <p>{t("confirmed", { name, date: when(shown.confirmedAt) })}</p>
        </Alert>
      )}
      {shown?.isExpired && <p className="text-warn">{t("expired", { date: when(shown.expiresAt) })}</p>}
      {shown && !shown.isExpired && shown.url === null && <p className="text-warn">{t("lost")}</p>}
      {isLive && (
        <div className="space-y-2">
          <div className="flex flex-wrap items-center gap-3">
            <label htmlFor="invitation-link" className="sr-only">
              {t("link", { name })}
            </label>
            <input
              id="invitation-link"
              readOnly
              value={shown.url ?? ""}
              onFocus={({ target }) => target.select()}
              className="min-h-12 min-w-0 flex-1 basis-56 rounded-xl border border-edge bg-paper px-4 text-sm"
              data-testid="invitation-link"
            />
            <CopyButton text={shown.url ?? ""} label={t("link", { name })} />
          </div>
          <p className="text-sm">
            {t("until", { date: when(shown.expiresAt) })} {t("secret")} {t("makeNewText")}
          </p>
          {shown.mailedTo && shown.mailedAt && (
            <p className="text-muted text-sm">{t("mailed", { email: shown.mailedTo, date: when(shown.mailedAt) })}</p>
          )}
          {email === null && <p className="text-muted text-sm">{t("noEmail")}</p>}
        </div>
      )}
      <Problem text={saving.problem} />
      <div className="flex flex-wrap items-center gap-3">
        {isLive && email !== null && (
          <Button onClick={() => void mail()} busyText={saving.isSaving ? t("mail") : undefined} data-testid="mail-invitation">
            <Mail aria-hidden className="size-4" />
            {t("mailTo", { email })}
          </Button>
        )}
        <Button
          look={isLive ? "outline" : "primary"}
          onClick={() => void make()}
          busyText={saving.isSaving && !isLive ? t("make") : undefined}
          data-testid="make-invitation"
        >
          <Link2 aria-hidden className="size-4" />
          {shown ? t("makeNew") : t("make")}
        </Button>
        {shown && (
          <Button look="quiet" onClick={() => void revoke()} data-testid="revoke-invitation">
            {t("revoke")}
          </Button>
        )}
      </div>
    </Card>
  );
}
