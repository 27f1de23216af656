"use client";

import { useTranslations } from "next-intl";
import type { LinkImportAnswer } from "#contracts/links/links.ts";
import { LineRow, LinesTable } from "../../csv-import/lines-table.tsx";

/** What is wrong, line by line; else what will be made. */
export function ImportPreview({ answer }: { answer: LinkImportAnswer }) {
  const t = useTranslations("links");
  if (answer.problems.length > 0)
    return (
      <LinesTable heads={[t("csv.line"), t("csv.column"), t("csv.found"), t("csv.problem")]}>
        {answer.problems.map(({ line, column, value, problem }) => (
          <LineRow key={`${line} ${column} ${problem}`} cells={[line, column, value, t(`csv.problems.${problem}`)]} />
        ))}
      </LinesTable>
    );
  return (
    <LinesTable heads={[t("csv.line"), t("form.name"), t("form.service"), t("form.professional"), t("form.publicId")]} isWide>
      {answer.rows.map(({ line, name, service, professional, publicId }) => (
        <LineRow key={line} cells={[line, name, service ?? t("form.any"), professional ?? t("form.any"), publicId ?? "…"]} />
      ))}
    </LinesTable>
  );
}
