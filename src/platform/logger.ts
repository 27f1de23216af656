import pino from "pino";
import { env } from "./env.ts";
import { cleanFields, cleanText } from "./log-redaction.ts";
import { requestId } from "./request-id.ts";

let made: pino.Logger | undefined;

/** Writes one JSON object per line, with the request's id. log-redaction.ts cleans every line. */
export function logger(): pino.Logger {
  made ??= createLogger({ level: env().NODE_ENV === "test" ? "silent" : env().LOG_LEVEL });
  return made;
}

/** Writes to standard output unless a test passes a `destination`. */
export function createLogger(options: { level: string }, destination?: pino.DestinationStream): pino.Logger {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: cleanFields },
    mixin: () => {
      const id = requestId();
      return id ? { requestId: id } : {};
    },
    hooks: {
      logMethod(given, method) {
        const clean = given.map((part) => (typeof part === "string" ? cleanText(part) : part));
        method.apply(this, clean as Parameters<typeof method>);
      },
    },
  };
  return destination ? pino(settings, destination) : pino(settings);
}
