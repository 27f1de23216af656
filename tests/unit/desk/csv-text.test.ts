import { expect, test } from "vitest";
import { csvText } from "#ui/dashboard/csv-text.ts";

const csv = "Nombre;Correo\r\nZoë Peña;zoe@example.com\r\n";
const read = (...parts: BlobPart[]) => csvText(new Blob(parts), 1000);
const utf16 = Buffer.from(csv, "utf16le");

test.each([
  ["UTF-8", [csv]],
  ["the code page of Windows", [Uint8Array.from(Buffer.from(csv, "latin1"))]],
  ["UTF-16, as Excel's “Unicode text”", [Uint8Array.of(0xff, 0xfe), Uint8Array.from(utf16)]],
  ["UTF-16 with the larger half first", [Uint8Array.of(0xfe, 0xff), Uint8Array.from(Buffer.from(utf16).swap16())]],
])("a spreadsheet's file in %s is read as it was written", async (_, parts) => {
  expect(await read(...parts)).toBe(csv);
});

test("no more of a file is read than may be sent", async () => {
  expect(await csvText(new Blob(["a".repeat(50)]), 10)).toBe("a".repeat(10));
});
