import type { SourceFile } from "./source.ts";

/** What is known of a payment's place: `connection.provider`, `providerId`, `provider.id`. */
const provider = String.raw`\b(?:\w+\??\.)*(?:provider|providerId|provider\??\.id|definition\??\.id)`;
const text = String.raw`["'\x60]`;
/**
 * A comparison with a text, a switch, or a list of texts that is searched. An export of the registry
 * (`freeProvider`) is no text: it stands for a fact, and is named where the providers live.
 */
const switches = [
  new RegExp(String.raw`${provider}\)?\s*[=!]==?\s*${text}`),
  new RegExp(String.raw`${text}\s*[=!]==?\s*${provider}\b`),
  new RegExp(String.raw`\bswitch\s*\(\s*${provider}\s*\)`),
  new RegExp(String.raw`\[[^\]]*${text}[^\]]*\]\.includes\(\s*${provider}\s*\)`),
  new RegExp(String.raw`${provider}\)?\.(?:startsWith|endsWith|includes|match)\(\s*${text}`),
];

/** Lines that ask for a provider's name instead of what it can do. */
export function providerSwitches(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text: lines }) =>
    lines.split("\n").flatMap((line, index) => (switches.some((way) => way.test(line)) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
}
