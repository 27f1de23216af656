"use client";

import { BadgeCheck, PackageCheck, ShoppingBag, Truck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";

const reasons = [
  { name: "paid", icon: BadgeCheck },
  { name: "stock", icon: PackageCheck },
  { name: "delivery", icon: Truck },
] as const;

/** What a shop is here, and the button that begins one. */
export function NoShop({ mayChange }: { mayChange: boolean }) {
  const t = useTranslations("shopDesk.shop");
  const saving = useSaving();
  const open = () => void saving.save(() => answerOf(api.shop.$post()));
  return (
    <>
      <PageHead title={t("none.title")} lead={t("none.lead")} />
      <Card className="max-w-3xl space-y-6" data-testid="no-shop">
        <ShoppingBag aria-hidden className="size-10 text-brand-ink" />
        <ul className="space-y-4">
          {reasons.map(({ name, icon: Icon }) => (
            <li key={name} className="flex gap-3">
              <Icon aria-hidden className="mt-0.5 size-6 shrink-0 text-brand-ink" />
              <div>
                <h2 className="font-semibold">{t(`none.${name}.title`)}</h2>
                <p className="text-muted">{t(`none.${name}.text`)}</p>
              </div>
            </li>
          ))}
        </ul>
        <Problem text={saving.problem} />
        {mayChange && (
          <div className="space-y-2">
            <Button onClick={open} busyText={saving.isSaving ? t("none.open") : undefined} data-testid="open-shop">
              {t("none.open")}
            </Button>
            <p className="text-muted text-sm">{t("none.next")}</p>
          </div>
        )}
      </Card>
    </>
  );
}
