"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button, buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";

type ReturnToMerchantProps = { bookingId: string; returnUrl: string; tenantName: string | null; isAutomatic: boolean };

const secondsBefore = 5;

/** Sends the customer back to the merchant's page, once per tab, unless they choose to stay. */
export function ReturnToMerchant({ bookingId, returnUrl, tenantName, isAutomatic }: ReturnToMerchantProps) {
  const t = useTranslations("confirm");
  const [left, setLeft] = useState<number | null>(null);
  const tenant = tenantName ?? t("merchant");

  useEffect(() => {
    if (isAutomatic && claimReturn(bookingId)) setLeft(secondsBefore);
  }, [isAutomatic, bookingId]);

  useEffect(() => {
    if (left === null) return;
    if (left === 0) {
      window.location.assign(returnUrl);
      return;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, returnUrl]);

  return (
    <Card className="space-y-3" data-testid="return">
      {left !== null && <p>{t("returning", { tenant, seconds: left })}</p>}
      <div className="flex flex-wrap gap-3">
        <a href={returnUrl} className={buttonStyles({ look: "outline" })}>
          {t("returnNow", { tenant })}
        </a>
        {left !== null && (
          <Button look="quiet" onClick={() => setLeft(null)}>
            {t("stay")}
          </Button>
        )}
      </div>
    </Card>
  );
}

/** Returns true the first time in this tab, and never where storage is forbidden. */
function claimReturn(bookingId: string): boolean {
  try {
    const key = `konfirmado.returned.${bookingId}`;
    if (sessionStorage.getItem(key)) return false;
    sessionStorage.setItem(key, "yes");
    return true;
  } catch {
    return false;
  }
}
