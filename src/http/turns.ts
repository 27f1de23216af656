/** Drawing a page takes memory and the one thread, so more at once are not faster. */
const atOnceMax = 8;
/** No page takes this long to draw. A slow browser must not hold up the others. */
const turnMsMax = 1000;
/** Some seconds of work. Whoever comes after them had better come again. */
const waitingMax = 250;

export type Turn = "drawn" | "gone" | "full";

/** Draws at most eight at once, in order. Skips whoever has gone. Refuses beyond 250 waiting. */
export function inTurns(): (draw: () => Promise<unknown>, isGone: () => boolean) => Promise<Turn> {
  const waiting: (() => void)[] = [];
  let drawing = 0;
  return async (draw, isGone) => {
    if (drawing < atOnceMax) drawing += 1;
    else if (waiting.length >= waitingMax) return "full";
    else await new Promise<void>((resolve) => waiting.push(resolve));
    let isOver = false;
    // The one who has waited longest takes the place.
    const pass = () => {
      if (isOver) return;
      isOver = true;
      const next = waiting.shift();
      if (next) next();
      else drawing -= 1;
    };
    const timer = setTimeout(pass, turnMsMax);
    try {
      if (isGone()) return "gone";
      await draw();
      return "drawn";
    } finally {
      clearTimeout(timer);
      pass();
    }
  };
}
