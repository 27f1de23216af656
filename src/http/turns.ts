/** Drawing a page takes memory and the one thread: more at once are not faster, only larger. */
const atOnceMax = 8;
/** Longer than any page takes to draw: what is left then is a browser that reads slowly, and that must not keep others from their turn. */
const turnMsMax = 1000;

/** Runs what is given, at most eight at once, in the order in which it came. */
export function inTurns(): (draw: () => Promise<unknown>) => Promise<void> {
  const waiting: (() => void)[] = [];
  let drawing = 0;
  return async (draw) => {
    if (drawing >= atOnceMax) await new Promise<void>((resolve) => waiting.push(resolve));
    else drawing += 1;
    let isOver = false;
    // Whoever waits longest takes over the place.
    const pass = () => {
      if (isOver) return;
      isOver = true;
      const next = waiting.shift();
      if (next) next();
      else drawing -= 1;
    };
    const timer = setTimeout(pass, turnMsMax);
    try {
      await draw();
    } finally {
      clearTimeout(timer);
      pass();
    }
  };
}
