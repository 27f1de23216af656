import { importsOf, type SourceFile } from "./source.ts";

/** Room → what it may import besides itself (ARCHITECTURE.md). `platform` stands for everything in it; a longer path for that file alone. */
const arrows: Record<string, string[]> = {
  domain: ["contracts", "zod"],
  contracts: ["domain", "zod"],
  platform: ["domain", "contracts", "db/types.ts"],
  providers: ["domain", "contracts", "platform"],
  queries: ["domain", "contracts", "platform", "db/types.ts"],
  commands: ["domain", "contracts", "platform", "providers", "queries", "db/types.ts"],
  emails: ["domain", "contracts", "messages", "ui/format"],
  jobs: ["commands", "queries", "providers", "emails", "domain", "contracts", "platform"],
  ui: ["contracts", "domain/money", "domain/cancellation", "messages"],
  http: ["commands", "queries", "contracts", "ui", "platform"],
  app: ["commands", "queries", "contracts", "ui", "platform/auth", "messages"],
};

/** The pages and the API never touch the database: not its connection, not its rows, not its driver. */
const database = ["platform/db.ts", "platform/rows.ts", "platform/queue.ts", "db/", "pg", "kysely", "graphile-worker"];
const withoutDatabase = ["http", "app", "ui", "emails", "domain", "contracts"];
/** These two know neither clock nor IO, so they need no package but zod, and nothing of Node. */
const withoutPackages = ["domain", "contracts"];

/** Where the parts are put together: they may import any room. */
const compositionPoints = new Set([
  "src/server.ts",
  "src/worker.ts",
  "src/doctor.ts",
  "src/tenant.ts",
  "src/clean-expired.ts",
  "src/cleanup-unpaid.ts",
  "src/settle-check.ts",
  "src/rotate-keys.ts",
  "src/app/api/[[...path]]/route.ts",
  "src/app/store/[[...path]]/route.ts",
]);

export function wrongArrows(files: SourceFile[]): string[] {
  return files.flatMap((file) => importsOf(file).flatMap((target) => complaint(file.path, target)));
}

function complaint(path: string, target: string): string[] {
  const wrong = [`${path} imports ${target}`];
  const isOurs = /^(src|db|messages|simulators|scripts|tests|bench|client)\//.test(target) || target.startsWith("..");
  const name = target.replace(/^src\//, "");
  const [room = ""] = name.split("/");
  // How a command reads its words is one file, which also the launcher needs in plain JavaScript.
  if (compositionPoints.has(path) && target === "scripts/plain/arguments.mjs") return [];
  if (target.startsWith("..") || /^(simulators|scripts|tests|bench|client)\//.test(target)) return wrong;
  if (compositionPoints.has(path)) return [];
  const from = roomOf(path);
  if (withoutDatabase.includes(from) && database.some((part) => name === part || name.startsWith(part))) return wrong;
  if (!isOurs) return withoutPackages.includes(from) && target !== "zod" ? wrong : [];
  if (room === from) return [];
  const allowed = arrows[from] ?? [];
  return allowed.some((part) => room === part || name === part || name.startsWith(`${part}/`) || name.startsWith(`${part}.`)) ? [] : wrong;
}

/** Loose files of src, such as Next's proxy.ts, follow the rules of the pages. */
function roomOf(path: string): string {
  const [, room = ""] = path.split("/");
  return room in arrows ? room : "app";
}

/** The simulators know the product only through its HTTP. */
export function simulatorEscapes(files: SourceFile[]): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((target) => /^(src|db|scripts|tests|messages|bench|client)\//.test(target) || target.startsWith(".."))
      .map((target) => `${file.path} imports ${target}`),
  );
}
