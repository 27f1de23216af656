import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * Returns when a process began. With it a pid is unique, because pids are reused. Is empty where
 * the system does not tell.
 */
export function startOf(pid) {
  try {
    // After the last ")", because the name before may hold anything. Field 22 of proc(5) is the
    // start.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    if (process.platform === "linux" || process.platform === "win32") return "";
    return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
  }
}

/** Returns every process with its arguments, or none where the system does not show them. */
export function listProcesses() {
  if (process.platform === "linux") {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          return [{ pid: Number(name), args: readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0") }];
        } catch {
          return []; // gone meanwhile
        }
      });
  }
  if (process.platform === "win32") return [];
  const { stdout } = spawnSync("ps", ["-axo", "pid=,args="], { encoding: "utf8", maxBuffer: 16 * 1024 * 1024 });
  return (stdout ?? "").split("\n").flatMap((line) => {
    const [, pid, args] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), args: args.split(" ") }] : [];
  });
}
