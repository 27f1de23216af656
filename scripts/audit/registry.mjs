import { spawnSync } from "node:child_process";

const secondsMax = 20;
const grave = new Set(["high", "critical"]);

/** Asks the registry about what we ship. A mirror that cannot answer is no failure. */
export function askRegistry() {
  const flags = ["audit", "--omit=dev", "--json", "--fetch-retries=0", `--fetch-timeout=${secondsMax * 500}`];
  const asked = spawnSync("npm", flags, { encoding: "utf8", shell: process.platform === "win32", timeout: secondsMax * 1000 });
  return judge(asked);
}

/** Returns the findings, the grave ones apart, or why the registry could not be asked. */
export function judge({ stdout, stderr, error }) {
  const report = read(stdout);
  if (!report?.metadata?.vulnerabilities) {
    const reason = report?.message ?? report?.error?.summary ?? error?.message ?? firstLine(stderr) ?? "npm said nothing";
    return { notAsked: reason };
  }
  const found = Object.entries(report.vulnerabilities ?? {}).map(([name, { severity, range, fixAvailable }]) => ({
    isGrave: grave.has(severity),
    text: `${severity}: ${name} ${range}${fixAvailable ? " (a fixed version exists)" : ""}`,
  }));
  return {
    grave: found.filter(({ isGrave }) => isGrave).map(({ text }) => text),
    others: found.filter(({ isGrave }) => !isGrave).map(({ text }) => text),
  };
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
