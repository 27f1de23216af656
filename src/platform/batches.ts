import { again } from "./db.ts";

type Waiting<Item, Answer> = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

/**
 * Asks the database for several at once: the first free statement takes everything that waits at that moment, so that nobody waits for
 * company, and one flush of the log serves many. Each gets the answer it would have got alone; one that spoils a statement spoils only itself.
 * `order`: the order in which two such statements must meet the same rows.
 */
export function inBatches<Item, Answer>(options: {
  ask: (items: Item[]) => Promise<Answer[]>;
  statementsMax: number;
  itemsMax: number;
  order: (a: Item, b: Item) => number;
}): (item: Item) => Promise<Answer> {
  const queue: Waiting<Item, Answer>[] = [];
  let underWay = 0;

  const send = async (waiting: Waiting<Item, Answer>[]): Promise<void> => {
    waiting.sort((a, b) => options.order(a.item, b.item));
    try {
      const ask = () => options.ask(waiting.map(({ item }) => item));
      // A deadlock's loser is asked again, alone: PostgreSQL has let the other one through.
      const answers = await (waiting.length === 1 ? again(ask) : ask());
      for (const [index, { resolve, reject }] of waiting.entries()) {
        const answer = answers[index];
        if (answer === undefined) reject(new Error("the database gave no answer"));
        else resolve(answer);
      }
    } catch (error) {
      if (waiting.length > 1) for (const alone of waiting) await send([alone]);
      else waiting[0]?.reject(error);
    }
  };
  const sendWaiting = async (): Promise<void> => {
    underWay += 1;
    while (queue.length > 0) await send(queue.splice(0, options.itemsMax));
    underWay -= 1;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (underWay < options.statementsMax) void sendWaiting();
    });
}
