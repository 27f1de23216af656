"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { CustomersImportAnswer } from "#contracts/customers/import.ts";

/** What is wrong, line by line; else who will be added, and who is there already. */
export function ImportPreview({ answer }: { answer: CustomersImportAnswer }) {
  const t = useTranslations("customers");
  const { problems, problemsCount, rows, counts } = answer;
  if (problemsCount > 0)
    return (
      <>
        <Table heads={[t("csv.line"), t("csv.column"), t("csv.found"), t("csv.problem")]}>
          {problems.map(({ line, column, value, problem }) => (
            <Row
              key={`${line} ${column} ${problem}`}
              cells={[line, isColumn(column) ? t(columnWords[column]) : column, value, t(`csv.problems.${problem}`)]}
            />
          ))}
        </Table>
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
      <Table heads={[t("csv.line"), t("columns.name"), t("columns.email"), t("columns.phone"), t("csv.fate")]}>
        {rows.map(({ line, name, email, phone, fate }) => (
          <Row key={line} cells={[line, name, email ?? "—", phone ?? "—", t(`csv.fates.${fate}`)]} />
        ))}
      </Table>
      {all > rows.length && <p className="text-muted text-sm">{t("csv.moreRows", { count: all - rows.length })}</p>}
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

const columnWords = {
  name: "columns.name",
  email: "columns.email",
  phone: "columns.phone",
  language: "profile.language",
  since: "merge.since",
  note: "notes.title",
} as const;

const isColumn = (column: string): column is keyof typeof columnWords => Object.hasOwn(columnWords, column);
