import { again } from "./db.ts";
import { env } from "./env.ts";

type Waiting<Item, Answer> = { item: Item; since: number; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
type Tell = () => void;

/** Whoever has waited this long waits behind a statement that has much to do, or waits for somebody's lock: it is asked beside that one. */
const patienceMs = 50;
const besideMax = 2;

type Batches<Item, Answer> = {
  ask: (items: Item[]) => Promise<Answer[]>;
  itemsMax: number;
  /** How many statements are usually under way; one, unless PostgreSQL has more to do for each item than for the statement. */
  atOnce: number;
  /** Two statements must meet the same rows one after the other in this sequence. */
  compare: (a: Item, b: Item) => number;
  /** With DATABASE_BATCHES=per-tenant a statement serves one tenant only. */
  tenantOf: (item: Item) => string;
};

/**
 * Asks the database for several items at once: when a statement has been answered, the next one takes
 * everything that waits at that moment. Nobody waits for company, and one flush of the log serves many.
 * Every item gets the answer it would get alone. If a batch fails, its items are retried one by one, so
 * a bad item cannot fail the others.
 */
export function inBatches<Item, Answer>(options: Batches<Item, Answer>): (item: Item) => Promise<Answer> {
  const queue: Waiting<Item, Answer>[] = [];
  let underWay = 0;
  let watch: NodeJS.Timeout | undefined;

  const askAlone = async (waiting: Waiting<Item, Answer>): Promise<void> => {
    try {
      // A deadlock's loser is asked again: PostgreSQL has let the other one through.
      const [answer] = checked(await again(() => options.ask([waiting.item])), 1);
      waiting.resolve(answer as Answer);
    } catch (error) {
      waiting.reject(error);
    }
  };

  /** Never fails. What comes back tells each of them their answer; those of a spoilt statement have been told. */
  const ask = async (waiting: Waiting<Item, Answer>[]): Promise<Tell> => {
    waiting.sort((a, b) => options.compare(a.item, b.item));
    if (waiting.length > 1) {
      try {
        const answers = checked(await options.ask(waiting.map(({ item }) => item)), waiting.length);
        return () => {
          for (const [index, { resolve }] of waiting.entries()) resolve(answers[index] as Answer);
        };
      } catch {
        // Each alone and beside each other, so that nobody waits for a neighbour's lock.
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
      // The database works on the next statement while the answers of the last one go out.
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

/** Takes what the next statement serves. Per tenant, the tenant of the item that has waited longest comes first. */
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
  if (answers.length !== wanted) throw new Error("the database did not answer each of them");
  return answers;
}
