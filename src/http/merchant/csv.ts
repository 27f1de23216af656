import type { Context } from "hono";

/** The one writer of every export. Spreadsheets run a cell that begins like a formula. */

type Cell = string | number | boolean | null;

type CsvFile = {
  name: string;
  columns: readonly string[];
  /** Read as fast as the reader takes them, so that no export is held in memory. */
  pages: AsyncIterable<readonly (readonly Cell[])[]>;
};

/** Waits for the first page, so that what fails there still gets an answer of its own. */
export async function csvAnswer(c: Context, { name, columns, pages }: CsvFile): Promise<Response> {
  const reader = pages[Symbol.asyncIterator]();
  const first = await reader.next();
  const head = csvStart + csvLine(columns) + (first.done ? "" : linesOf(first.value));
  return c.body(streamOf(head, reader), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="${name}.csv"`,
  });
}

/** Excel reads UTF-8 only behind this mark. */
const csvStart = "\uFEFF";

function streamOf(head: string, reader: AsyncIterator<readonly (readonly Cell[])[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(head)),
    async pull(controller) {
      for (;;) {
        const { done, value } = await reader.next();
        if (done) return controller.close();
        if (value.length > 0) return controller.enqueue(encoder.encode(linesOf(value)));
      }
    },
    async cancel() {
      await reader.return?.();
    },
  });
}

const linesOf = (rows: readonly (readonly Cell[])[]): string => rows.map(csvLine).join("");

/** RFC 4180, with every text in quotes. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(quoted).join(",")}\r\n`;
}

function quoted(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "string" ? `"${harmless(cell).replaceAll('"', '""')}"` : String(cell);
}

/** Characters that show nothing: a spreadsheet may drop them and then see the formula. */
const unseen = String.raw`[\s\p{C}\p{Z}\p{M}\u115F\u1160\u3164\uFFA0"']`;
/** Also full-width, small and mathematical signs, which some spreadsheets fold. */
const signs = String.raw`[=+\-@|%＝＋－＠｜％﹦﹢﹣﹫−]`;
const formula = new RegExp(`^(?=${unseen}*${signs})`, "u");
/** Where a spreadsheet splits at semicolons or tabs, a cell begins in the middle of ours. */
const laterFormula = new RegExp(`([;\\t\\r\\n])(?=${unseen}*${signs})`, "gu");
/** E.164, as we store it. A plus and digits alone are a number to a spreadsheet, and do nothing. */
const phoneNumber = /^\+[1-9]\d{6,14}(;ext=\d{1,7})?$/;

/** An apostrophe in front makes it text, in every spreadsheet. A phone number stays as it is. */
export function harmless(text: string): string {
  return phoneNumber.test(text) ? text : text.replaceAll(laterFormula, "$1'").replace(formula, "'");
}
