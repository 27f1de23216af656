/** Says what a provider answered, without its JSON: only the sentences that are in it. */
export function providerWords(answer: string): string {
  const begin = answer.indexOf("{");
  if (begin === -1) return answer;
  try {
    const said = textsIn(JSON.parse(answer.slice(begin)));
    return said.length === 0 ? answer : `${answer.slice(0, begin)}${said.join(". ")}`;
  } catch {
    return answer; // cut off, or not JSON
  }
}

/** Sentences have spaces; codes such as INPUT_VALIDATION_ERROR have none. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value.includes(" ") ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
