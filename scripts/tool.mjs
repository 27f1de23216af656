// `node scripts/tool.mjs <file> [arguments]`: runs one of our TypeScript programs in Node 26. With no DATABASE_URL it works on the demo that is running.
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
