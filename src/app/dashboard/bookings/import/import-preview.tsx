"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { BookingsImportAnswer } from "#contracts/desk/bookings-import.ts";

/** What is wrong, line by line; else what will be imported, and what is there already. */
export function ImportPreview({ answer, locale }: { answer: BookingsImportAnswer; locale: string }) {
  const t = useTranslations("bookings");
  const { problems, problemsCount, rows, counts, timezone } = answer;
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: timezone });
  if (problemsCount > 0)
    return (
      <>
        <Table heads={[t("import.line"), t("import.column"), t("import.found"), t("import.problem")]}>
          {problems.map(({ line, column, value, problem, known = [] }) => {
            const names = known.length > 0 ? ` ${t("import.knownNames", { names: known.join(", ") })}` : "";
            return <Row key={`${line} ${column} ${problem}`} cells={[line, column, value, `${t(`import.problems.${problem}`)}${names}`]} />;
          })}
        </Table>
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
      <Table
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
          <Row key={line} cells={[line, format.format(new Date(start)), service, professional, name, t(`import.fates.${fate}`)]} />
        ))}
      </Table>
      {all > rows.length && <p className="text-muted text-sm">{t("import.moreRows", { count: all - rows.length })}</p>}
    </>
  );
}

function Table({ heads, children }: { heads: string[]; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
    <div className="overflow-x-auto" tabIndex={0}>
      <table className="w-full text-left text-sm [&_td]:wrap-anywhere">
        <thead>
          <tr className="border-line border-b text-muted">
            {heads.map((head) => (
              <th key={head} scope="col" className="py-2 pr-3 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Row({ cells }: { cells: (string | number)[] }) {
  return (
    <tr className="border-line border-b align-top last:border-0">
      {cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a row keep their order
        <td key={index} className="max-w-60 break-words py-2 pr-3">
          <bdi>{cell}</bdi>
        </td>
      ))}
    </tr>
  );
}
