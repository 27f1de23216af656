"use client";

import { useTranslations } from "next-intl";
import type { BookingsImportAnswer } from "#contracts/desk/bookings-import.ts";
import { LineRow, LinesTable } from "../../csv-import/lines-table.tsx";

/** What is wrong, line by line; else what will be imported, and what is there already. */
export function ImportPreview({ answer, locale }: { answer: BookingsImportAnswer; locale: string }) {
  const t = useTranslations("bookings");
  const { problems, problemsCount, rows, counts, timezone } = answer;
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: timezone });
  if (problemsCount > 0)
    return (
      <>
        <LinesTable heads={[t("import.line"), t("import.column"), t("import.found"), t("import.problem")]}>
          {problems.map(({ line, column, value, problem, known = [] }) => {
            const names = known.length > 0 ? ` ${t("import.knownNames", { names: known.join(", ") })}` : "";
            return (
              <LineRow key={`${line} ${column} ${problem}`} cells={[line, column, value, `${t(`import.problems.${problem}`)}${names}`]} />
            );
          })}
        </LinesTable>
        {problemsCount > problems.length && (
          <p className="text-muted text-sm">{t("import.moreProblems", { count: problemsCount - problems.length })}</p>
        )}
      </>
    );
  const all = counts.new + counts.known + counts.twice;
  return (
    <>
      {counts.past > 0 && <p>{t("import.past", { count: counts.past })}</p>}
      {counts.known > 0 && <p>{t("import.known", { count: counts.known })}</p>}
      {counts.twice > 0 && <p>{t("import.twice", { count: counts.twice })}</p>}
      <LinesTable
        heads={[
          t("import.line"),
          t("columns.date"),
          t("columns.service"),
          t("columns.professional"),
          t("columns.customer"),
          t("import.fate"),
        ]}
      >
        {rows.map(({ line, start, service, professional, name, fate }) => (
          <LineRow key={line} cells={[line, format.format(new Date(start)), service, professional, name, t(`import.fates.${fate}`)]} />
        ))}
      </LinesTable>
      {all > rows.length && <p className="text-muted text-sm">{t("import.moreRows", { count: all - rows.length })}</p>}
    </>
  );
}
