// `npm run lock:complete`: npm omits optional packages of other platforms from the lock file
// (https://github.com/npm/cli/issues/4828), and then `npm ci` refuses it. Adds the exact versions
// that their parents ask for. tests/tidy says when it is needed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const systems = /android|darwin|freebsd|openharmony|win32|linux/;
const processors = /arm64|x64|ia32|ppc64|riscv64|s390x|wasm32|arm/;

/** Finds optional packages that are asked for but missing in the lock file. */
export function missingOptional({ packages }) {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`])
      .map(([name, range]) => ({ name, version: range.replace(/^[\^~]/, ""), isDev: Boolean(entry.dev) })),
  );
}

/** The packages' names say what npm would learn from the registry. */
function entryFor({ name, version, isDev }) {
  const word = name.slice(name.lastIndexOf("/") + 1);
  const os = systems.exec(word)?.[0];
  const cpu = processors.exec(word.replace(systems, ""))?.[0];
  const libc = word.includes("musl") ? "musl" : os === "linux" && word.includes("gnu") ? "glibc" : undefined;
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(isDev ? { dev: true } : {}),
    ...(libc ? { libc: [libc] } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const file = join(import.meta.dirname, "..", "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const missing = missingOptional(lock);
  for (const found of missing) lock.packages[`node_modules/${found.name}`] = entryFor(found);
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`  ✓ package-lock.json: ${missing.length} packages of other platforms added`);
}
