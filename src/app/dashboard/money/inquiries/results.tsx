import { useTranslations } from "next-intl";
import type { Inquiry } from "#contracts/ledger/inquiries.ts";
import { Badge } from "#ui/badge.tsx";

const order = ["became_paid", "changed", "no_answer", "cannot_be_asked", "same"] as const;

/** "31 asked, 2 became paid, 1 got no answer". */
export function Results({ inquiry: { doneAt, asked, payments, results } }: { inquiry: Inquiry }) {
  const t = useTranslations("inquiries");
  const found = order.filter((result) => results[result] > 0).map((result) => t(`result.${result}`, { count: results[result] }));
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1" data-testid="results">
      <Badge className={doneAt ? "bg-good-soft text-good" : "bg-warn-soft text-warn"}>{t(doneAt ? "done" : "runs")}</Badge>
      <span>{[doneAt ? t("found", { asked }) : t("progress", { asked, payments }), ...found].map(unbroken).join(", ")}</span>
    </p>
  );
}

/** A number stays with its first word. */
const unbroken = (text: string): string => text.replace(" ", "\u00a0");
