import type { ReactNode } from "react";
import { classNames } from "#ui/class-names.ts";

/** `isWide`: rows that are read along the line, so that a phone scrolls them sideways. */
export function LinesTable({ heads, isWide = false, children }: { heads: string[]; isWide?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
    <div className="overflow-x-auto" tabIndex={0}>
      <table className={classNames("w-full text-left text-sm", isWide ? "min-w-120" : "[&_td]:wrap-anywhere")}>
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

export function LineRow({ cells }: { cells: (string | number)[] }) {
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
