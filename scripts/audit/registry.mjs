import { spawnSync } from "node:child_process";

const secondsMax = 20;
const grave = new Set(["high", "critical"]);

/** What the registry knows against what we ship. Many mirrors have no such address, and a machine may have no network: then nobody was asked. */
export function askRegistry() {
  const flags = ["audit", "--omit=dev", "--json", "--fetch-retries=0", `--fetch-timeout=${secondsMax * 500}`];
  const asked = spawnSync("npm", flags, { encoding: "utf8", shell: process.platform === "win32", timeout: secondsMax * 1000 });
  return judge(asked);
}

/** Either what was found, the grave apart, or why nobody was asked: which is neither good nor bad news. */
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
