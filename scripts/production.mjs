// Preloaded by `npm run serve`: production mode, and one sentence when there is nothing built to serve.
import { existsSync } from "node:fs";
import { join } from "node:path";

process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

const root = join(import.meta.dirname, "..");
if (process.env.PAGES !== "off" && !existsSync(join(root, ".next", "BUILD_ID"))) {
  console.error("There is no production build in .next. Run `npm run build` first, then `npm run serve` again.");
  process.exit(1);
}
