import { useTranslations } from "next-intl";

type Days = { daysMin: number | null; daysMax: number | null };

/** `2 a 5 días hábiles`, and of 0 to 1 the later one. Null where the merchant promises nothing. */
export function useDaysWords(): (days: Days) => string | null {
  const t = useTranslations("shopTotals.days");
  return ({ daysMin, daysMax }) => {
    const most = daysMax ?? daysMin;
    if (most === null) return null;
    const least = daysMin || most;
    if (most === 0) return t("today");
    return least === most ? t("exactly", { days: most }) : t("between", { least, most });
  };
}
