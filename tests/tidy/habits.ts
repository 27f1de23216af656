import { isNode, lineOf, parse, type SourceFile, walk } from "./source.ts";

/** Every other enqueuing belongs to log-event, which writes the job with its event. Each exception says why no event causes it. */
const mayEnqueue: Record<string, string> = {
  "src/commands/log-event.ts": "the one door",
  "src/commands/accounts/wish-mail.ts": "a mail about a person's account, which belongs to no tenant and so has no event",
  "src/commands/inquiries/plan-inquiry.ts": "a timer: the next payments of an inquiry, and inquiries whose job was lost",
  "src/commands/inbox/keep-unmatched.ts": "the inbox: an unmatched event is looked at again later",
  "src/commands/payments/match-waiting.ts": "the inbox: an event that waited for this payment is settled now",
  "src/commands/payments/open-payment.ts": "a timer: the end of the claim",
  "src/commands/payments/schedule-poll.ts": "payment polling: the next question to the provider",
  "src/commands/bookings/turn-rivals-away.ts": "a timer: somebody has the slot, so the pages of the others are closed",
  "src/commands/sweep.ts": "a timer: gives jobs that were lost back to the queue",
};

export function strayJobs(files: SourceFile[]): string[] {
  return files
    .filter(
      ({ path, text }) =>
        /\b(enqueue_job|enqueueJob|add_job|addJob)\b/.test(text) && !path.startsWith("src/jobs/") && !(path in mayEnqueue),
    )
    .map(({ path }) => `${path} enqueues a job`);
}

/** A test waits for a fact (vi.waitUntil, expect.poll), never for time. */
export function sleeps(files: SourceFile[]): string[] {
  return files.flatMap((file) => {
    const found: string[] = [];
    walk(parse(file), (node, parents) => {
      const callee = node["callee"];
      const name = isNode(callee) ? (callee["name"] ?? (isNode(callee["property"]) ? callee["property"]["name"] : undefined)) : undefined;
      const isInPromise = parents.some(
        (parent) => parent.type === "NewExpression" && isNode(parent["callee"]) && parent["callee"]["name"] === "Promise",
      );
      const isSleep = node.type === "CallExpression" && (name === "waitForTimeout" || (name === "setTimeout" && isInPromise));
      const source = node["source"];
      const isSleepImport = node.type === "ImportDeclaration" && isNode(source) && /timers\/promises$/.test(String(source["value"]));
      if (isSleep || isSleepImport) found.push(`${file.path}:${lineOf(file, node.start)} waits for time`);
    });
    return found;
  });
}

/** An address in the lock file ties everyone to one registry. */
export function lockedAddresses(lockFile: string): string[] {
  const { packages } = JSON.parse(lockFile) as { packages: Record<string, { resolved?: string }> };
  return Object.entries(packages)
    .filter(([, entry]) => entry.resolved)
    .map(([path]) => `${path} has a resolved address`);
}
