import { crashPoints } from "#platform/crash-points.ts";
import { passTime } from "../support/pass-time.ts";
import type { ApiHabits } from "../support/payers/payer.ts";
import { post } from "../support/post.ts";
import { type Desk, pickDesk } from "./desks.ts";
import { approvePending, foreignSale, otherMoney, rewordApproval, unknownPayment, voidInPanel } from "./panel-weather.ts";
import { count, type Sea } from "./sea.ts";

/** What the outside world and the machine do to us, and how often. */
const weather: Record<string, { weight: number; blow: (sea: Sea) => Promise<unknown> }> = {
  "calm everywhere": { weight: 20, blow: (sea) => calm(sea) },
  "the provider fails": {
    weight: 8,
    blow: (sea) => provider(sea, { fails: { status: sea.random.pick([500, 502, 503, 429]), times: 1 + sea.random.below(8) } }),
  },
  "the provider is slow": { weight: 4, blow: (sea) => provider(sea, { slowMs: 50 + sea.random.below(300) }) },
  "daily fails": {
    weight: 7,
    blow: (sea) => daily(sea, { failNext: String(1 + sea.random.below(5)), failStatus: String(sea.random.pick([429, 500, 503])) }),
  },
  "daily fails after the effect": { weight: 7, blow: (sea) => daily(sea, { failAfterEffect: String(1 + sea.random.below(3)) }) },
  "daily is slow and strict": { weight: 3, blow: (sea) => daily(sea, { delayMs: "150", rateLimit: "on" }) },
  "mail fails": { weight: 6, blow: (sea) => mail(sea, { failNext: String(1 + sea.random.below(5)) }) },
  "mail is down": { weight: 4, blow: (sea) => mail(sea, { down: "on" }) },
  "mail takes and drops": { weight: 6, blow: (sea) => mail(sea, { acceptThenDrop: String(1 + sea.random.below(4)) }) },
  "merchant fails": {
    weight: 7,
    blow: (sea) =>
      merchant(sea, { status: String(sea.random.pick([500, 502, 404, 429])), failures: String(1 + sea.random.below(6)), retryAfter: "3" }),
  },
  "merchant redirects": { weight: 3, blow: (sea) => merchant(sea, { redirectTo: "http://127.0.0.1:9/elsewhere" }) },
  "merchant answers garbage": { weight: 3, blow: (sea) => merchant(sea, { garbage: "on", delayMs: "80" }) },
  "merchant has gone": { weight: 1, blow: (sea) => merchant(sea, { status: "410", failures: "1" }) },
  "merchant does not answer": { weight: 2, blow: async (sea) => (sea.isLong ? merchant(sea, { delayMs: "10500" }) : null) },
  "the provider does not answer": { weight: 2, blow: async (sea) => (sea.isLong ? provider(sea, { slowMs: 10_500 }) : null) },
  "the provider is away as holds end": { weight: 8, blow: awayAsHoldsEnd },
  "unreadable rows and small pages": {
    weight: 4,
    blow: (sea) => provider(sea, { garbledRows: sea.random.below(3), rowsPerPage: 1 + sea.random.below(2) }),
  },
  "a foreign sale": { weight: 6, blow: foreignSale },
  "an unknown payment": { weight: 3, blow: unknownPayment },
  "a void in the panel": { weight: 10, blow: voidInPanel },
  "an approval with other money": { weight: 10, blow: otherMoney },
  "an approval told again with other money": { weight: 5, blow: rewordApproval },
  "a forged event": { weight: 3, blow: (sea) => forged(sea) },
  "clean-up": { weight: 5, blow: (sea) => cleanUp(sea) },
  "connections cut": { weight: 4, blow: (sea) => cutConnections(sea) },
  "a jump in time": { weight: 10, blow: (sea) => jump(sea, sea.random.pick([1, 2, 4, 8, 15, 40, 70])) },
  killed: { weight: 3, blow: (sea) => kill(sea) },
  "will crash": { weight: 6, blow: (sea) => crashSomewhere(sea) },
};
const weights = Object.fromEntries(Object.entries(weather).map(([name, { weight }]) => [name, weight]));

export async function blow(sea: Sea): Promise<void> {
  const name = sea.random.weighed(weights);
  await weather[name]?.blow(sea);
  count(sea, `weather: ${name}`);
}

const provider = ({ random, desks }: Sea, habits: ApiHabits) => behave(pickDesk(random, desks), habits);
const behave = ({ payer, account }: Desk, habits: ApiHabits) => payer.behave(account, habits);
const daily = ({ world }: Sea, knobs: object) => post(`${world.simulatorsUrl}/daily/panel/knobs`, knobs);
const mail = ({ world }: Sea, knobs: object) => post(`${world.simulatorsUrl}/mail/panel/knobs`, knobs);
const merchant = ({ world, clinic }: Sea, knobs: object) =>
  post(`${world.simulatorsUrl}/merchant/${clinic.callback.id}/panel/knobs`, knobs);

export async function calm(sea: Sea): Promise<void> {
  const reset = { reset: "on" };
  const desks = sea.desks.map(({ payer, account }) => payer.calm(account));
  await Promise.all([...desks, daily(sea, reset), mail(sea, reset), merchant(sea, reset)]);
}

export async function jump(sea: Sea, minutes: number): Promise<void> {
  sea.jumped += minutes;
  await passTime(sea.world, minutes);
}

/**
 * Until the calm, with approvals that are stored and not proven: some slots wait for an answer, and
 * some are given up without one.
 */
async function awayAsHoldsEnd(sea: Sea): Promise<void> {
  for (const desk of sea.desks) await behave(desk, { fails: { status: 503, times: 1000 } });
  await approvePending(sea);
  await jump(sea, sea.random.pick([12, 25, 45]));
}

async function forged({ world, clinic, desks, random }: Sea): Promise<void> {
  const { rows } = await world.owner.query<{ reference: string }>("select reference from payment where tenant_id = $1 order by reference", [
    clinic.tenantId,
  ]);
  if (rows.length === 0) return;
  const approval = { reference: random.pick(rows).reference, amountMinor: 10_000_000 };
  const isWrong = random.chance(0.5);
  const { payer, account, trustsEvents } = pickDesk(random, desks);
  // A right one that is trusted without a question is no forgery.
  await payer.tell(account, approval, { signature: isWrong || trustsEvents ? "wrong" : "right" });
}

async function cleanUp({ world }: Sea): Promise<void> {
  const headers = { authorization: "Bearer cron-secret-of-the-tests" };
  await fetch(`${world.appUrl}/api/cron/cleanup-unpaid`, { method: "POST", headers }).catch(() => {});
}

/** What a proxy before the database may do at any time; for its restart see outage.ts. */
async function cutConnections({ world }: Sea): Promise<void> {
  await world.owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name <> ''",
  );
}

async function kill(sea: Sea): Promise<void> {
  if (sea.deathsLeft <= 0) return;
  sea.deathsLeft -= 1;
  await sea.engine.kill();
}

async function crashSomewhere(sea: Sea): Promise<void> {
  const point = sea.random.pick(crashPoints);
  if (sea.deathsLeft <= 0) return;
  sea.deathsLeft -= 1;
  await sea.engine.ready();
  sea.engine.crashAt(point);
}
