// Preloaded into every program that the launcher starts. Stops the program when the launcher is
// gone, even by SIGKILL.
const secondsToStop = 20;

if (process.channel) {
  process.on("disconnect", () => {
    setTimeout(() => process.exit(1), secondsToStop * 1000).unref();
    process.kill(process.pid, "SIGTERM");
  });
  process.channel.unref();
}
