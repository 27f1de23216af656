import { useTranslations } from "next-intl";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";
import { ProblemPage } from "#ui/problem-page.tsx";

/** Reveals nothing of an order or of its merchant. */
export function OrderNotFound() {
  const t = useTranslations("problems.orderUnknown");
  return (
    <Frame brand={<KonfirmadoBrand />}>
      <ProblemPage title={t("title")} text={t("text")} />
    </Frame>
  );
}
