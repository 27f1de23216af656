import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseAst } from "vitest/node";

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string;
  text: string;
}

/** A place in the syntax tree. Every node has a type and offsets; the rest depends on the type. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

const root = join(import.meta.dirname, "..", "..");
const code = /\.(ts|tsx|mjs)$/;
const generated = ["db/types.ts", "next-env.d.ts"];

export const readProjectFile = (path: string): string => readFileSync(join(root, path), "utf8");

/** Throws for a folder that is not there: a rule about it would hold for nothing. */
export function pathsUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll("\\", "/"),
    );
}

export function codeUnder(...folders: string[]): SourceFile[] {
  return folders
    .flatMap(pathsUnder)
    .filter((path) => code.test(path) && !path.endsWith(".d.mts") && !generated.includes(path))
    .map((path) => ({ path, text: readProjectFile(path) }));
}

export function parse(file: SourceFile): SyntaxNode {
  return parseAst(file.text, { lang: file.path.endsWith("x") ? "tsx" : "ts" }) as unknown as SyntaxNode;
}

/** Visits every node, parents first. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode, parents: SyntaxNode[]) => void, parents: SyntaxNode[] = []): void {
  visit(node, parents);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, [...parents, node]);
    }
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" && "start" in value;
}

/** What a file imports: paths from the root for relative imports, names for packages. Types, re-exports and dynamic imports count too. */
export function importsOf(file: SourceFile): string[] {
  const found: string[] = [];
  walk(parse(file), (node) => {
    const isImport = ["ImportDeclaration", "ExportNamedDeclaration", "ExportAllDeclaration", "ImportExpression", "TSImportType"].includes(
      node.type,
    );
    const source = node["source"];
    if (isImport && isNode(source) && typeof source["value"] === "string") found.push(source["value"]);
  });
  return found.map((name) => pathOfImport(file.path, name));
}

const aliases = Object.entries((JSON.parse(readProjectFile("package.json")) as { imports: Record<string, string> }).imports);

/** The folders that imports can name: a new one is looked at from its first day. */
export const topFolders = [...new Set(aliases.map(([, path]) => path.split("/")[1] ?? ""))];

/** `#room/file.ts` and relative imports as paths from the root; a package keeps its name. */
export function pathOfImport(from: string, name: string): string {
  if (name.startsWith(".")) return normalize(join(dirname(from), name)).replaceAll("\\", "/");
  const alias = aliases.find(([pattern]) => name.startsWith(pattern.slice(0, -1)));
  return alias ? name.replace(alias[0].slice(0, -1), alias[1].slice(2, -1)) : name;
}

export function lineOf(file: SourceFile, offset: number): number {
  return file.text.slice(0, offset).split("\n").length;
}
