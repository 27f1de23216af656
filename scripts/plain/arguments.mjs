import { parseArgs } from "node:util";
import { Sentence, tell } from "./sentence.mjs";

/**
 * Reads what a person typed after the command: `flags` stand alone, `values` have a word behind
 * them, `words` says that others may come. For the rest the program ends with a sentence and 1.
 */
export function readArguments(known = {}, typed = process.argv.slice(2)) {
  try {
    return parseArguments(known, typed);
  } catch (error) {
    return process.exit(tell(error));
  }
}

/** Throws a Sentence for what there is not. */
export function parseArguments({ flags = [], values = [], words = false }, typed) {
  const type = (name) => (flags.includes(name) ? "boolean" : "string");
  const options = Object.fromEntries([...flags, ...values].map((name) => [name, { type: type(name) }]));
  const parsed = parseArgs({ args: [...typed], options, allowPositionals: true, strict: false, tokens: true });
  const thereIs = hint([...flags, ...values]);
  for (const token of parsed.tokens) {
    if (token.kind === "positional" && !words) throw new Sentence(`There is nothing to say with "${token.value}". ${thereIs}`);
    if (token.kind !== "option") continue;
    if (!Object.hasOwn(options, token.name)) throw new Sentence(`There is no ${token.rawName}. ${thereIs}`);
    const isMissing = !token.value || (!token.inlineValue && token.value.startsWith("--"));
    if (values.includes(token.name) && isMissing) throw new Sentence(`${token.rawName} needs a value behind it.`);
    if (flags.includes(token.name) && token.value !== undefined) throw new Sentence(`${token.rawName} stands alone.`);
  }
  return { values: parsed.values, words: parsed.positionals };
}

function hint(names) {
  const options = names.map((name) => `--${name}`);
  if (options.length === 0) return "This command has no options.";
  const last = options.pop();
  return `There ${options.length ? `are ${options.join(", ")} and` : "is"} ${last}.`;
}
