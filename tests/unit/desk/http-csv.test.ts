import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { csvLine, harmless } from "#http/merchant/csv.ts";

const signs = [..."=+-@＝＋－＠﹣−|%"];
const invisible = {
  nothing: "",
  space: " ",
  tab: "\t",
  lines: "\r\n",
  "no-break space": "\u00a0",
  "zero-width space": "\u200b",
  "byte order mark": "\ufeff",
  "word joiner": "\u2060",
  "right-to-left": "\u202e",
  "soft hyphen": "\u00ad",
  "Hangul filler": "\u3164",
  nul: "\u0000",
  quote: '"',
  apostrophe: "'",
};

describe("a cell of a file", () => {
  test.each(Object.entries(invisible))("is text where a formula stands behind %s", (_name, before) => {
    for (const sign of signs) expect(harmless(`${before}${sign}1+1`)).toMatch(/^'|^[\t\r\n]+'/);
  });

  test.each([";", "\t", "\n"])("is text on both sides of %j, where some spreadsheets split", (separator) => {
    for (const sign of signs) expect(harmless(`a${separator} ${sign}1`)).toBe(`a${separator}' ${sign}1`);
  });

  test.each([
    ['=HYPERLINK("http://evil.example","x")', '\'=HYPERLINK("http://evil.example","x")'],
    ["+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"],
    ["+57300=1", "'+57300=1"],
    ["+573001234567-1", "'+573001234567-1"],
    ["+573001234567\n=1", "'+573001234567\n'=1"],
    ["+573001234567;=1", "'+573001234567;'=1"],
    ["+1", "'+1"],
    ["-5", "'-5"],
  ])("%j becomes %j", (text, written) => {
    expect(harmless(text)).toBe(written);
  });

  test.each(["", "Ana María", "a-b", "1 + 1", "ana@example.com", "مرحبا", "日本", "50 %", "a; b", "+573001234567", "+573001234567;ext=12"])(
    "that is harmless stays as it is: %j",
    (text) => {
      expect(harmless(text)).toBe(text);
    },
  );

  test("keeps quotes, commas and lines, and a number is a number", () => {
    const line = csvLine(['say "hi", all', "two\nlines", -5, true, null]);
    expect(line).toBe('"say ""hi"", all","two\nlines",-5,true,\r\n');
    expect(parse(line)).toEqual([['say "hi", all', "two\nlines", "-5", "true", ""]]);
  });
});
