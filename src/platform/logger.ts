import pino from "pino";
import { env } from "./env.ts";

/** What must never reach a log, wherever it sits: secrets, and personal data of customers. */
const redacted = [
  "authorization",
  "cookie",
  "password",
  "secret",
  "token",
  "credentials",
  "privateKey",
  "eventsSecret",
  "integritySecret",
  "apiKey",
  "email",
  "phone",
  "customer",
  "customer_name",
  "customer_email",
  "customer_phone",
  "session",
  "body",
];

let made: pino.Logger | undefined;

export function logger(): pino.Logger {
  made ??= pino({
    level: env().NODE_ENV === "test" ? "silent" : env().LOG_LEVEL,
    redact: { paths: redacted.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[redacted]" },
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  return made;
}
