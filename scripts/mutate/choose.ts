import type { Breakage } from "#tests/breakages/breakage.ts";
import { breakages } from "#tests/breakages/index.ts";
import { parseArguments } from "../plain/arguments.mjs";
import { Sentence } from "../plain/sentence.mjs";

export type Named = Breakage & { promise: string };
export type Choice = { chosen: Named[]; goesOn: boolean };

/**
 * `--shard 2/5` takes every fifth from the second on; `--continue` leaves out what was noticed
 * already.
 */
export function choose(args: string[]): Choice {
  const { values, words: given } = parseArguments({ flags: ["continue"], values: ["shard"], words: true }, args);
  const words = given.map((word) => word.toLowerCase());
  const isMeant = ({ promise, guarantee, file }: Named) =>
    words.length === 0 || words.some((word) => `${promise} ${guarantee} ${file}`.toLowerCase().includes(word));
  const all = Object.entries(breakages).flatMap(([promise, list]) => list.map((one) => ({ ...one, promise })));
  const meant = all.filter(isMeant);
  if (meant.length === 0) throw new Sentence(`No guarantee has ${given.map((word) => `"${word}"`).join(" or ")} in its name.`);
  const shard = String(values["shard"] ?? "1/1");
  const [, part = 0, parts = 0] = /^(\d+)\/(\d+)$/.exec(shard)?.map(Number) ?? [];
  if (part < 1 || part > parts) throw new Sentence(`--shard wants a part of a number of parts, like 2/5, not "${shard}".`);
  return { chosen: meant.filter((_, place) => place % parts === part - 1), goesOn: values["continue"] === true };
}
