import { again } from "./db.ts";
import { env } from "./env.ts";

type Waiting<Item, Answer> = { item: Item; since: number; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
type Tell = () => void;

/** After this long, the running statement is slow or locked, and another one is sent. */
const patienceMs = 50;
const besideMax = 2;

type Batches<Item, Answer> = {
  ask: (items: Item[]) => Promise<Answer[]>;
  itemsMax: number;
  /** Statements usually under way: one, unless items cost PostgreSQL more than statements. */
  atOnce: number;
  /** Every statement sorts its items by this, so that two of them lock rows in one order. */
  compare: (a: Item, b: Item) => number;
  /** With DATABASE_BATCHES=per-tenant, each statement serves one tenant only. */
  tenantOf: (item: Item) => string;
};

/**
 * Batches without a timer: when a statement is answered, the next one takes everything that waits,
 * so that one flush of the log serves many. Every item gets the answer it would get alone. If a
 * batch fails, its items are retried one by one, so a bad item cannot fail the others.
 */
export function inBatches<Item, Answer>(options: Batches<Item, Answer>): (item: Item) => Promise<Answer> {
  const queue: Waiting<Item, Answer>[] = [];
  let underWay = 0;
  let watch: NodeJS.Timeout | undefined;

  const askAlone = async (waiting: Waiting<Item, Answer>): Promise<void> => {
    try {
      // Retries a deadlock's loser, because PostgreSQL has let the other one through.
      const [answer] = checked(await again(() => options.ask([waiting.item])), 1);
      waiting.resolve(answer as Answer);
    } catch (error) {
      waiting.reject(error);
    }
  };

  /** Never throws. Returns what gives the answers out, or nothing after a failed batch. */
  const ask = async (waiting: Waiting<Item, Answer>[]): Promise<Tell> => {
    waiting.sort((a, b) => options.compare(a.item, b.item));
    if (waiting.length > 1) {
      try {
        const answers = checked(await options.ask(waiting.map(({ item }) => item)), waiting.length);
        return () => {
          for (const [index, { resolve }] of waiting.entries()) resolve(answers[index] as Answer);
        };
      } catch {
        // Retries the items side by side, so that none waits for another one's lock.
      }
    }
    await Promise.all(waiting.map(askAlone));
    return () => {};
  };

  const askAll = async (): Promise<void> => {
    underWay += 1;
    let tell: Tell = () => {};
    while (queue.length > 0) {
      const answered = ask(takeNext(queue, options));
      // The database works on the next statement while these answers go out.
      setImmediate(tell);
      tell = await answered;
    }
    underWay -= 1;
    tell();
  };

  const watchQueue = (): void => {
    const [longest] = queue;
    if (watch || !longest) return;
    watch = setTimeout(
      () => {
        watch = undefined;
        if (queue[0] === longest && underWay < options.atOnce + besideMax) void askAll();
        watchQueue();
      },
      Math.max(1, longest.since + patienceMs - performance.now()),
    );
  };

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, since: performance.now(), resolve, reject });
      if (underWay < options.atOnce) void askAll();
      else watchQueue();
    });
}

/** Takes the next batch. Per tenant, it starts with the tenant of the longest waiting item. */
function takeNext<Item, Answer>(
  queue: Waiting<Item, Answer>[],
  { itemsMax, tenantOf }: Pick<Batches<Item, Answer>, "itemsMax" | "tenantOf">,
): Waiting<Item, Answer>[] {
  const [longest] = queue;
  if (!longest || env().DATABASE_BATCHES === "together") return queue.splice(0, itemsMax);
  const tenant = tenantOf(longest.item);
  const taken = queue.filter(({ item }) => tenantOf(item) === tenant).slice(0, itemsMax);
  const served = new Set(taken);
  queue.splice(0, queue.length, ...queue.filter((waiting) => !served.has(waiting)));
  return taken;
}

function checked<Answer>(answers: Answer[], wanted: number): Answer[] {
  if (answers.length !== wanted) throw new Error("the database did not answer every item of the batch");
  return answers;
}
