import { useTranslations } from "next-intl";
import { Alert } from "#ui/alert.tsx";

/** Everything may be read, and nothing bought. */
export function ClosedNote({ className }: { className?: string }) {
  const t = useTranslations("shop.closed");
  return (
    <Alert tone="warn" title={t("title")} data-testid="closed" className={className}>
      <p>{t("text")}</p>
    </Alert>
  );
}
