"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { LinkImportAnswer } from "#contracts/links/links.ts";
import { classNames } from "#ui/class-names.ts";

/** What is wrong, line by line; else what will be made. */
export function ImportPreview({ answer }: { answer: LinkImportAnswer }) {
  const t = useTranslations("links");
  if (answer.problems.length > 0)
    return (
      <Table heads={[t("csv.line"), t("csv.column"), t("csv.found"), t("csv.problem")]} fits>
        {answer.problems.map(({ line, column, value, problem }) => (
          <Row key={`${line} ${column} ${problem}`} cells={[line, column, value, t(`csv.problems.${problem}`)]} />
        ))}
      </Table>
    );
  return (
    <Table heads={[t("csv.line"), t("form.name"), t("form.service"), t("form.professional"), t("form.publicId")]}>
      {answer.rows.map(({ line, name, service, professional, publicId }) => (
        <Row key={line} cells={[line, name, service ?? t("form.any"), professional ?? t("form.any"), publicId ?? "…"]} />
      ))}
    </Table>
  );
}

/** `fits`: on a phone its sentences wrap, so that nobody must look for them sideways. */
function Table({ heads, fits = false, children }: { heads: string[]; fits?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
    <div className="overflow-x-auto" tabIndex={0}>
      <table className={classNames("w-full text-left text-sm", fits ? "[&_td]:wrap-anywhere" : "min-w-120")}>
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
