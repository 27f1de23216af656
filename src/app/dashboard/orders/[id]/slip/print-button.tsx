"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#ui/button.tsx";

export function PrintButton() {
  const t = useTranslations("orders.slip");
  return (
    <Button onClick={() => window.print()}>
      <Printer aria-hidden className="size-5" />
      {t("print")}
    </Button>
  );
}
