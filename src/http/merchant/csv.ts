/** Every export is written here. Spreadsheets run a cell that begins like a formula. */

export type Cell = string | number | boolean | null;

/** Excel reads UTF-8 only behind this mark. */
export const csvStart = "\uFEFF";

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

/** An apostrophe in front makes it text, in every spreadsheet. */
export const harmless = (text: string): string => text.replaceAll(laterFormula, "$1'").replace(formula, "'");

/** Writes page by page as fast as the reader takes it, so that no export is held in memory. */
export function csvStream(pages: AsyncIterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pages.return?.();
    },
  });
}
