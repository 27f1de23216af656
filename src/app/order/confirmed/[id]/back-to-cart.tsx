"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { cartAddress } from "#app/shop/address.ts";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button, buttonStyles } from "#ui/button.tsx";
import { cancelOrder } from "#ui/shop/api.ts";
import { useErrorText } from "#ui/use-error-text.ts";

type BackToCartProps = { order: { id: string; token: string }; slug: string; onCancelled: (state: OrderSessionState) => void };

/** Gives the payment up, so it asks first: whoever has paid must not do that. */
export function BackToCart({ order, slug, onCancelled }: BackToCartProps) {
  const t = useTranslations("shopOrder.back");
  const errorText = useErrorText();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function goBack() {
    setIsBusy(true);
    setProblem(null);
    try {
      onCancelled(await cancelOrder(order));
      window.location.assign(cartAddress(slug));
    } catch (error) {
      setIsBusy(false);
      setProblem(errorText(error));
    }
  }

  if (!isAsking) {
    return (
      <button
        type="button"
        data-testid="back-to-cart"
        onClick={() => setIsAsking(true)}
        className={buttonStyles({ look: "quiet", className: "-ml-3" })}
      >
        {t("link")}
      </button>
    );
  }
  return (
    <Alert title={t("title")} data-testid="back-question">
      <p>{t("text")}</p>
      <Problem text={problem} />
      <div className="flex flex-wrap gap-2">
        <Button look="outline" autoFocus onClick={() => setIsAsking(false)}>
          {t("stay")}
        </Button>
        <Button look="quiet" data-testid="back-confirm" busyText={isBusy ? t("going") : undefined} onClick={goBack}>
          {t("confirm")}
        </Button>
      </div>
    </Alert>
  );
}
