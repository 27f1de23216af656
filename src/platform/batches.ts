import { again } from "./db.ts";

type Waiting<Item, Answer> = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
type Tell = () => void;

/** A statement that takes longer than this has much to do, or waits for somebody's lock: those behind it are asked beside it. */
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
  let lastAskedAt = 0;

  /** Never fails: what comes back tells each of them their answer, or their error. */
  const ask = async (waiting: Waiting<Item, Answer>[]): Promise<Tell> => {
    waiting.sort((a, b) => options.order(a.item, b.item));
    try {
      const once = () => options.ask(waiting.map(({ item }) => item));
      // A deadlock's loser is asked again, alone: PostgreSQL has let the other one through.
      const answers = await (waiting.length === 1 ? again(once) : once());
      if (answers.length !== waiting.length) throw new Error("the database did not answer each of them");
      return () => {
        for (const [index, { resolve }] of waiting.entries()) resolve(answers[index] as Answer);
      };
    } catch (error) {
      if (waiting.length === 1) return () => waiting[0]?.reject(error);
      const tells: Tell[] = [];
      for (const alone of waiting) tells.push(await ask([alone]));
      return () => {
        for (const tell of tells) tell();
      };
    }
  };

  const askAll = async (): Promise<void> => {
    underWay += 1;
    let tell: Tell = () => {};
    while (queue.length > 0) {
      lastAskedAt = performance.now();
      const answered = ask(queue.splice(0, options.itemsMax));
      const impatience = setTimeout(askBeside, patienceMs);
      // The database works on the next statement while the answers of the last one go out.
      setImmediate(tell);
      tell = await answered;
      clearTimeout(impatience);
    }
    underWay -= 1;
    tell();
  };
  const askBeside = (): void => {
    if (queue.length > 0 && underWay < options.atOnce + besideMax) void askAll();
  };

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (underWay < options.atOnce) void askAll();
      else if (performance.now() - lastAskedAt > patienceMs) askBeside();
    });
}
