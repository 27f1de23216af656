/**
 * The text of a file that a spreadsheet saved. "Unicode text" of Excel is UTF-16 with a mark before
 * it; older ones save in the code page of Windows, and do not say so. Reads as many bytes at most.
 */
export async function csvText(file: Blob, bytesMax: number): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, bytesMax).arrayBuffer());
  const mark = `${bytes[0]} ${bytes[1]}`;
  if (mark === "255 254") return new TextDecoder("utf-16le").decode(bytes);
  if (mark === "254 255") return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
