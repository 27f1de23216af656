// `npm run audit`: known weaknesses of what we ship. Exit code 0: none. 1: some. 2: could not be asked, which is not the same as none.
import { spawnSync } from "node:child_process";

const { stdout, stderr, error } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  encoding: "utf8",
  shell: process.platform === "win32",
});
const report = read(stdout);
const counts = report?.metadata?.vulnerabilities;

if (counts) {
  const found = Object.entries(report.vulnerabilities ?? {});
  for (const [name, { severity, range, fixAvailable }] of found) {
    console.log(`${severity}: ${name} ${range}${fixAvailable ? " (a fixed version exists)" : ""}`);
  }
  console.log(
    found.length === 0 ? `nothing known against ${report.metadata.dependencies?.prod ?? "the"} dependencies` : `${found.length} weaknesses`,
  );
  process.exitCode = found.length === 0 ? 0 : 1;
} else {
  const reason = report?.message ?? report?.error?.summary ?? error?.message ?? firstLine(stderr) ?? "npm said nothing";
  console.error(`The registry could not be asked: ${reason}`);
  console.error("Many mirrors and offline caches have no audit endpoint. Run it where the public registry can be reached:");
  console.error("  npm audit --omit=dev --registry=https://registry.npmjs.org");
  process.exitCode = 2;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstLine(text) {
  return text?.trim().split("\n")[0] || undefined;
}
