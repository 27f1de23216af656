"use client";

import { useTranslations } from "next-intl";
import type { CustomersImportAnswer } from "#contracts/customers/import.ts";
import { LineRow, LinesTable } from "../../csv-import/lines-table.tsx";

/** What is wrong, line by line; else who will be added, and who is there already. */
export function ImportPreview({ answer }: { answer: CustomersImportAnswer }) {
  const t = useTranslations("customers");
  const { problems, problemsCount, rows, counts } = answer;
  if (problemsCount > 0)
    return (
      <>
        <LinesTable heads={[t("csv.line"), t("csv.column"), t("csv.found"), t("csv.problem")]}>
          {problems.map(({ line, column, value, problem }) => (
            <LineRow
              key={`${line} ${column} ${problem}`}
              cells={[line, isColumn(column) ? t(columnWords[column]) : column, value, t(`csv.problems.${problem}`)]}
            />
          ))}
        </LinesTable>
        {problemsCount > problems.length && (
          <p className="text-muted text-sm">{t("csv.moreProblems", { count: problemsCount - problems.length })}</p>
        )}
      </>
    );
  const all = counts.new + counts.known + counts.twice;
  return (
    <>
      {counts.known > 0 && <p>{t("csv.known", { count: counts.known })}</p>}
      {counts.twice > 0 && <p>{t("csv.twice", { count: counts.twice })}</p>}
      <LinesTable heads={[t("csv.line"), t("columns.name"), t("columns.email"), t("columns.phone"), t("csv.fate")]}>
        {rows.map(({ line, name, email, phone, fate }) => (
          <LineRow key={line} cells={[line, name, email ?? "—", phone ?? "—", t(`csv.fates.${fate}`)]} />
        ))}
      </LinesTable>
      {all > rows.length && <p className="text-muted text-sm">{t("csv.moreRows", { count: all - rows.length })}</p>}
    </>
  );
}

const columnWords = {
  name: "columns.name",
  email: "columns.email",
  phone: "columns.phone",
  language: "profile.language",
  since: "merge.since",
  note: "notes.title",
} as const;

const isColumn = (column: string): column is keyof typeof columnWords => Object.hasOwn(columnWords, column);
