// `node scripts/tool.mjs <file> [arguments]`: runs a TypeScript program of ours in Node 26. Without
// DATABASE_URL it uses the running demo.
import { continueInNode26 } from "./plain/continue-in-node26.mjs";
import { ensureInstalled } from "./plain/install.mjs";
import { tell } from "./plain/sentence.mjs";

const [file, ...args] = process.argv.slice(2);
const needsNoDatabase = ["scripts/", "bench/"].some((room) => file.startsWith(room));

try {
  await ensureInstalled();
  process.exitCode = await (process.env.DATABASE_URL || needsNoDatabase
    ? continueInNode26(file, args)
    : continueInNode26("scripts/launch/with-demo.ts", [file, ...args]));
} catch (error) {
  process.exitCode = tell(error);
}
