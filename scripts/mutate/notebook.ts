import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../plain/settings.mjs";

type Notes = { content: string; noticed: string[]; green: string[] };
type Kind = "noticed" | "green";

export type Notebook = {
  has(kind: Kind, name: string): boolean;
  note(kind: Kind, ...names: string[]): void;
};

const file = join(root, ".test", "mutate.json");

/** What earlier runs saw of exactly this content of the project: any other is a new page. */
export function openNotebook(content: string): Notebook {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Notes) : null;
  const notes = kept?.content === content ? kept : { content, noticed: [], green: [] };
  return {
    has: (kind, name) => notes[kind].includes(name),
    note(kind, ...names) {
      notes[kind] = [...new Set([...notes[kind], ...names])];
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(notes, null, 1));
    },
  };
}
