import { watch } from "node:fs";
import { join } from "node:path";
import { root } from "../plain/settings.mjs";
import type { Program } from "./program.ts";

const calmMs = 200;
/** Next reloads the pages itself. These rooms run in the server process. */
const serverRooms = ["commands", "contracts", "domain", "emails", "http", "jobs", "platform", "providers", "queries"];

/** `npm run dev`: restarts the server when its code changes, also after it has ended. */
export function restartOnChange(start: () => Program): Program {
  let current = start();
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let restarting = Promise.resolve();
  let tellEnd = (_how: string) => {};
  const ended = new Promise<string>((done) => {
    tellEnd = done;
  });
  const say = (program: Program) =>
    void program.ended.then((how) => {
      if (!isStopping && program === current) console.log(`  … the server ${how}; it starts again at the next change`);
    });
  const restart = async () => {
    const old = current;
    await old.stop();
    if (isStopping) return;
    current = start();
    say(current);
    console.log("  … server code changed, the server starts again");
  };
  const watcher = watch(join(root, "src"), { recursive: true }, (_kind, file) => {
    const [room = ""] = String(file).split(/[\\/]/);
    if (!serverRooms.includes(room) && room !== "server.ts") return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      restarting = restarting.then(restart);
    }, calmMs);
  });
  say(current);
  return {
    name: current.name,
    ended,
    stop: async () => {
      isStopping = true;
      watcher.close();
      clearTimeout(timer);
      await restarting;
      await current.stop();
      tellEnd("was stopped");
    },
  };
}
