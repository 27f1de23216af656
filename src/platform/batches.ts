import { again } from "./db.ts";

type Waiting<Item, Answer> = { item: Item; since: number; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
type Tell = () => void;

/** Whoever has waited this long waits behind a statement that has much to do, or waits for somebody's lock: it is asked beside that one. */
const patienceMs = 50;
const besideMax = 2;

/**
 * Asks the database for several at once: when a statement has been answered, the next takes everything that waits at that moment, so that nobody
 * waits for company, and one flush of the log serves many. Each gets the answer it would have got alone; one that spoils a statement spoils
 * only itself. `order`: the order in which two such statements must meet the same rows. `atOnce`: how many are usually under way; one, unless
 * PostgreSQL has more to do for each item than for the statement.
 */
export function inBatches<Item, Answer>(options: {
  ask: (items: Item[]) => Promise<Answer[]>;
  itemsMax: number;
  atOnce: number;
  order: (a: Item, b: Item) => number;
}): (item: Item) => Promise<Answer> {
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
    waiting.sort((a, b) => options.order(a.item, b.item));
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
      const answered = ask(queue.splice(0, options.itemsMax));
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

function checked<Answer>(answers: Answer[], wanted: number): Answer[] {
  if (answers.length !== wanted) throw new Error("the database did not answer each of them");
  return answers;
}
