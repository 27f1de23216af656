// Preloaded by `npm run serve`: sets production mode, and explains a missing build in one sentence.
import { existsSync } from "node:fs";
import { join } from "node:path";

process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

if (!process.env.APP_URL) {
  console.error(
    "APP_URL is missing: the address that customers and providers use, such as https://citas.example.com. .env.example describes every variable.",
  );
  process.exit(1);
}

if (!process.env.MAIL_FROM) {
  console.error('MAIL_FROM is missing: the sender of all mails, such as MAIL_FROM="Citas <no-reply@citas.example.com>".');
  process.exit(1);
}

const root = join(import.meta.dirname, "..");
if (process.env.PAGES !== "off" && !existsSync(join(root, ".next", "BUILD_ID"))) {
  console.error("There is no production build in .next. Run `npm run build` first, then `npm run serve` again.");
  process.exit(1);
}
