import { importsOf, type SourceFile } from "./source.ts";

type Graph = Map<string, Set<string>>;

/** Files that import each other, however long the way round; a type-only import counts. */
export function circlesOfFiles(files: SourceFile[]): string[] {
  return circlesIn(graphOf(files, (path) => path));
}

/** The same for the folders of a room. A loose file beside folders (a registry, a table of kinds) stands for itself. */
export function circlesOfFolders(files: SourceFile[], room: string): string[] {
  const isInside = (path: string) => path.startsWith(`${room}/`);
  const folders = new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf("/"))));
  const holdsFolders = (folder: string) => [...folders].some((other) => other.startsWith(`${folder}/`));
  const folderOf = (path: string) => {
    const folder = path.slice(0, path.lastIndexOf("/"));
    return holdsFolders(folder) ? path : folder;
  };
  return circlesIn(
    graphOf(
      files.filter(({ path }) => isInside(path)),
      folderOf,
      isInside,
    ),
  );
}

function graphOf(files: SourceFile[], nameOf: (path: string) => string, isWanted: (path: string) => boolean = () => true): Graph {
  const graph: Graph = new Map();
  for (const file of files) {
    const from = nameOf(file.path);
    const to = graph.get(from) ?? new Set();
    graph.set(from, to);
    for (const target of importsOf(file)) if (isWanted(target) && nameOf(target) !== from) to.add(nameOf(target));
  }
  return graph;
}

/** Each circle once, from its first name on. */
function circlesIn(graph: Graph): string[] {
  const found = new Set<string>();
  const isDone = new Set<string>();
  const visit = (name: string, way: string[]): void => {
    const at = way.indexOf(name);
    if (at !== -1) found.add(fromFirst(way.slice(at)).join(" → "));
    if (at !== -1 || isDone.has(name)) return;
    for (const next of graph.get(name) ?? []) if (graph.has(next)) visit(next, [...way, name]);
    isDone.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return [...found].sort();
}

function fromFirst(circle: string[]): string[] {
  const first = circle.indexOf(circle.toSorted()[0] ?? "");
  return [...circle.slice(first), ...circle.slice(0, first)];
}
