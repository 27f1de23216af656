import { createServer } from "node:net";
import { Sentence } from "./sentence.mjs";

const pauseMs = 200;

/** Each port must be free on every address. A killed launcher's children get `patienceMs`. */
export async function checkPorts(ports, { patienceMs }) {
  const until = Date.now() + patienceMs;
  for (const { name, port, advice } of ports) {
    let problem = await problemOf(port);
    while (problem && Date.now() < until) {
      await new Promise((done) => setTimeout(done, pauseMs));
      problem = await problemOf(port);
    }
    if (problem === "EACCES")
      throw new Sentence(`${name} is ${port}, but this user may not open that port. Choose a number from 1024 on: ${advice}.`);
    if (problem)
      throw new Sentence(`${name} is ${port}, but another program already uses that port. Stop it or choose another: ${advice}.`);
  }
}

async function problemOf(port) {
  for (const host of ["127.0.0.1", "0.0.0.0", "::"]) {
    const code = await tryToListen(port, host);
    if (code === "EADDRINUSE" || code === "EACCES") return code;
  }
  return undefined;
}

function tryToListen(port, host) {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", (error) => done(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(undefined)));
  });
}

const lowest = 10_000;
const highest = 32_000;

/**
 * Returns the first of `neighbours` free ports in a row. They lie below the system's range for
 * outgoing connections and are random, so hardly anybody takes one in between.
 */
export async function freePort(neighbours = 1) {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    const problems = await Promise.all(Array.from({ length: neighbours }, (_, index) => problemOf(port + index)));
    if (problems.every((problem) => problem === undefined)) return port;
  }
}
