"use client";

import { ExternalLink, LoaderCircle } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { FirstRun } from "#contracts/first-run/first-run.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useSaving } from "#ui/dashboard/use-saving.ts";

/** How often the page looks for the paid booking while it is looked at. */
const lookMs = 3000;

type PayStepProps = {
  address: string | null;
  currency: string;
  /** Whether a provider takes the currency. */
  isTaken: boolean;
  isPaid: boolean;
  mode: FirstRun["mode"];
};

/** One's own page, opened as a customer opens it, with payments that move no money. */
export function PayStep({ address, currency, isTaken, isPaid, mode }: PayStepProps) {
  const words = useTranslations("firstRun");
  const t = useTranslations("firstRun.pay");
  const router = useRouter();
  const saving = useSaving();
  const [isWaiting, setIsWaiting] = useState(false);
  useEffect(() => {
    if (!isWaiting || isPaid) return;
    const look = () => document.visibilityState === "visible" && router.refresh();
    const timer = setInterval(look, lookMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [isWaiting, isPaid, router]);

  function start() {
    if (address === null) return;
    // At once, because a browser lets only the press itself open a tab.
    const tab = window.open("about:blank", "_blank");
    void saving.save(
      () =>
        answerOf(api["first-run"]["test-payments"].$post()).catch((error: unknown) => {
          tab?.close();
          throw error;
        }),
      () => {
        setIsWaiting(true);
        if (tab) tab.location.href = address;
        else window.location.assign(address);
      },
    );
  }

  if (address === null) return <p className="text-muted">{t("needs")}</p>;
  return (
    <div className="space-y-4">
      <p className="text-muted">{t("text")}</p>
      {!isTaken || saving.code === "amount_not_payable" ? (
        <Alert tone="warn" role={saving.code ? "alert" : undefined}>
          <p>{t("currency", { currency })}</p>
          <Link href="/dashboard/services" className="inline-flex min-h-11 items-center underline underline-offset-4">
            {words("real.services")}
          </Link>
        </Alert>
      ) : (
        <Problem text={saving.problem} />
      )}
      <Button onClick={start} busyText={saving.isSaving ? t("start") : undefined} data-testid="pay-test">
        <ExternalLink aria-hidden className="size-5" />
        {mode === "test" ? t("open") : t("start")}
      </Button>
      <p aria-live="polite" className="text-muted">
        {isWaiting && !isPaid && (
          <span className="inline-flex items-center gap-2">
            <LoaderCircle aria-hidden className="size-4 motion-safe:animate-spin" />
            {t("waiting")}
          </span>
        )}
      </p>
    </div>
  );
}
