import { inflateSync } from "node:zlib";

/** The words of a PDF with the built-in fonts, as its pages show them, in their sequence. */
export function readPdf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("latin1");
  const pages = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, stream = ""]) => inflated(stream));
  const shown = pages.flatMap((page) => [...page.matchAll(/\[((?:<[0-9a-f]*>|[-\d. ]+)*)\] TJ/gi)].map(([, glyphs = ""]) => glyphs));
  return shown.map(wordsOf).join("\n");
}

function inflated(stream: string): string {
  try {
    return inflateSync(Buffer.from(stream, "latin1")).toString("latin1");
  } catch {
    return "";
  }
}

/** Windows-1252, in hexadecimal between angles. */
function wordsOf(glyphs: string): string {
  const hex = [...glyphs.matchAll(/<([0-9a-f]*)>/gi)].map(([, digits = ""]) => digits).join("");
  return new TextDecoder("windows-1252").decode(Buffer.from(hex, "hex"));
}
