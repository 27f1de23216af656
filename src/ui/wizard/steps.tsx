import { useTranslations } from "next-intl";
import { StepBar } from "./step-bar.tsx";

const steps = ["service", "time", "details", "payment"] as const;
export type Step = (typeof steps)[number];

/** A free booking never mentions payment. */
export function Steps({ current, isFree = false }: { current: Step; isFree?: boolean }) {
  const t = useTranslations("steps");
  const names = steps.map((step) => t(step === "payment" && isFree ? "confirmation" : step));
  return <StepBar label={t("label")} names={names} position={steps.indexOf(current)} />;
}
