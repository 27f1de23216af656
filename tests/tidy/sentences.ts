import { execFileSync } from "node:child_process";
import type { SourceFile } from "./source.ts";

const commentColumnsMax = 100;
const sqlColumnsMax = 110;
const proseColumnsMax = 120;
const subjectCharactersMax = 72;
/** The limit of subjects holds for what comes after this commit. */
const lastOldSubject = "One engine: checkouts, of which a booking is one kind";

const isSql = ({ path }: SourceFile) => path.endsWith(".sql");
/** Characters, not UTF-16 units or bytes: an arrow counts once. */
const columns = (line: string) => [...line].length;

/** Lines of a comment, and all lines of SQL. A line of one word, such as an address, cannot be wrapped. */
export function wideLines(files: SourceFile[]): string[] {
  return files.flatMap((file) => {
    const max = isSql(file) ? sqlColumnsMax : commentColumnsMax;
    return file.text.split("\n").flatMap((line, index) => {
      const counts = isSql(file) || /^\s*(\/\/|\/\*|\*)/.test(line);
      const isOneWord = /^\s*(\/\/|\/\*\*?|\*|--)?\s*\S+\s*(\*\/)?$/.test(line);
      return counts && !isOneWord && columns(line) > max ? [`${file.path}:${index + 1} has ${columns(line)} columns`] : [];
    });
  });
}

/** Sentences of comments that open with a bare value: write "Returns null if …". */
export function bareOpenings(files: SourceFile[]): string[] {
  return files.flatMap((file) =>
    commentsOf(file).flatMap((comment) =>
      [...comment.matchAll(/(?:^|[.;:!?]\s+)(True|False|Null|Undefined):/g)].map(([, word]) => `${file.path} has a sentence "${word}: …"`),
    ),
  );
}

/** Each comment as one line of text. Neighbouring `//` or `--` lines are one comment. */
function commentsOf(file: SourceFile): string[] {
  const mark = isSql(file) ? "--" : "//";
  const blocks = file.text.matchAll(/\/\*[\s\S]*?\*\//g);
  const lines = file.text.matchAll(new RegExp(`(?<=^|[ \\t])${mark}.*(?:\\n[ \\t]*${mark}.*)*`, "gm"));
  return [...blocks, ...lines].map(([comment]) =>
    comment
      .split("\n")
      .map((line) => line.replace(/^\s*(\/\*\*?|\*\/|\*|\/\/|--)?\s*/, "").replace(/\s*\*\/$/, ""))
      .join(" ")
      .trim(),
  );
}

/** Prose of a Markdown file. Tables, code, links and addresses may be wider. */
export function wideProse(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    let isCode = false;
    return text.split("\n").flatMap((line, index) => {
      const isFence = /^\s*(```|~~~)/.test(line);
      if (isFence) isCode = !isCode;
      if (isFence || isCode || /^\s*\|/.test(line)) return [];
      const prose = line.replaceAll(/\]\([^)]*\)/g, "]").replaceAll(/https?:\/\/\S+/g, "");
      return columns(prose) > proseColumnsMax ? [`${path}:${index + 1} has ${columns(prose)} columns`] : [];
    });
  });
}

export function longSubjects(subjects: readonly string[]): string[] {
  return subjects.filter((subject) => columns(subject) > subjectCharactersMax).map((subject) => `${columns(subject)}: ${subject}`);
}

/** Subjects since the rule began, or why they cannot be read: no git, no repository, or a shallow clone. */
export function subjectsSince(folder: string, before = lastOldSubject): string[] | { unread: string } {
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  try {
    const known = git("log", "--format=%H %s").split("\n");
    const old = known.find((line) => line.slice(line.indexOf(" ") + 1) === before);
    if (!old) return { unread: `the history has no commit "${before}"` };
    const range = `${old.slice(0, old.indexOf(" "))}..HEAD`;
    return git("log", "--no-merges", "--format=%s", range).split("\n").filter(Boolean);
  } catch {
    return { unread: "there is no git history here" };
  }
}
