import { isNode, lineOf, parse, type SourceFile, type SyntaxNode, walk } from "./source.ts";

const linesMax = 400;
const linesAt95thMax = 250;
const functionLinesMax = 70;
const componentLinesMax = 120;
const filesPerFolderMax = 25;
const wordsWithoutMeaning = /^(managers?|helpers?|utils?|common|misc|data|info|handlers?|handle|process)$/;

const lines = (file: SourceFile) => file.text.trimEnd().split("\n").length;

export function longFiles(files: SourceFile[]): string[] {
  return files.filter((file) => lines(file) > linesMax).map((file) => `${file.path} has ${lines(file)} lines`);
}

export function percentile95(files: SourceFile[]): string[] {
  const sorted = files.map(lines).sort((a, b) => a - b);
  const at95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
  return at95 > linesAt95thMax ? [`the 95th percentile of file sizes is ${at95} lines`] : [];
}

export function longFunctions(files: SourceFile[]): string[] {
  return files.flatMap((file) => {
    const found: string[] = [];
    walk(parse(file), (node) => {
      if (!["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"].includes(node.type)) return;
      const length = lineOf(file, node.end) - lineOf(file, node.start) + 1;
      const max = isComponent(node) ? componentLinesMax : functionLinesMax;
      if (length > max) found.push(`${file.path}:${lineOf(file, node.start)} has a function of ${length} lines`);
    });
    return found;
  });
}

function isComponent(node: SyntaxNode): boolean {
  let hasJsx = false;
  walk(node, (inner) => {
    hasJsx ||= inner.type === "JSXElement" || inner.type === "JSXFragment";
  });
  return hasJsx && isNode(node["body"]);
}

/** A list in order, in which nobody looks for anything. */
const growing = "db/migrations";

export function crowdedFolders(paths: string[]): string[] {
  const counts = Map.groupBy(paths, (path) => path.slice(0, path.lastIndexOf("/")));
  return [...counts]
    .filter(([folder, inside]) => inside.length > filesPerFolderMax && folder !== growing)
    .map(([folder, inside]) => `${folder} has ${inside.length} files`);
}

export function emptyNames(paths: string[]): string[] {
  return paths.filter((path) => wordsWithoutMeaning.test(path.slice(path.lastIndexOf("/") + 1).split(".")[0] ?? ""));
}
