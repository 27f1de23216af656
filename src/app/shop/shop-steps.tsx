import { useTranslations } from "next-intl";
import { StepBar } from "#ui/wizard/step-bar.tsx";

const steps = ["cart", "details", "payment"] as const;

/** An order that costs nothing never mentions payment. */
export function ShopSteps({ current, isFree }: { current: (typeof steps)[number]; isFree: boolean }) {
  const t = useTranslations("shopSteps");
  const names = steps.map((step) => t(step === "payment" && isFree ? "confirmation" : step));
  return <StepBar label={t("label")} names={names} position={steps.indexOf(current)} />;
}
