const isTerminal = Boolean(process.stdout.isTTY);
const quietSeconds = 10;

/** Shows a long step and its time: counting up on a terminal, else every ten seconds. */
export async function step(label, run) {
  const startedAt = Date.now();
  const elapsed = () => ((Date.now() - startedAt) / 1000).toFixed(1);
  let shownAt = startedAt;
  const show = () => {
    if (isTerminal) process.stdout.write(`\r  … ${label}  ${elapsed()} s `);
    else if (Date.now() - shownAt >= quietSeconds * 1000) {
      shownAt = Date.now();
      console.log(`  … ${label}  ${elapsed()} s`);
    }
  };
  const timer = setInterval(show, isTerminal ? 200 : 1000);
  if (isTerminal) show();
  try {
    const note = await run();
    finish("✓", `${elapsed().padStart(6)} s${typeof note === "string" && note ? `  ${note}` : ""}`);
    return note;
  } catch (error) {
    finish("✗", `${elapsed().padStart(6)} s`);
    throw error;
  } finally {
    clearInterval(timer);
  }

  function finish(mark, rest) {
    if (isTerminal) process.stdout.write("\r\u001b[K");
    console.log(`  ${mark} ${label.padEnd(34)} ${rest}`);
  }
}
