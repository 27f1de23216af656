// `npm test` (everything) and `npm run check` (the parts it names), in plain JavaScript for any
// Node from 18 on.
import { continueInNode26 } from "./plain/continue-in-node26.mjs";
import { ensureInstalled } from "./plain/install.mjs";
import { tell } from "./plain/sentence.mjs";

try {
  await ensureInstalled();
  process.exitCode = await continueInNode26("scripts/checks/main.ts", process.argv.slice(2));
} catch (error) {
  process.exitCode = tell(error);
}
