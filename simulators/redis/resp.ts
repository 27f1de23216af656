/**
 * As much of RESP 2 as these commands need:
 * https://redis.io/docs/latest/develop/reference/protocol-spec/
 */
export type Reply = { ok: string } | { error: string } | number | string | null | Reply[];

/** Takes whole commands (arrays of bulk strings) off the front. Throws on anything else. */
export function takeCommands(arrived: Buffer): { commands: string[][]; rest: Buffer } {
  const commands: string[][] = [];
  let at = 0;
  for (;;) {
    const command = readCommand(arrived, at);
    if (!command) return { commands, rest: arrived.subarray(at) };
    commands.push(command.words);
    at = command.end;
  }
}

function readCommand(arrived: Buffer, start: number): { words: string[]; end: number } | null {
  const count = readHeader(arrived, start, "*");
  if (!count) return null;
  const words: string[] = [];
  let at = count.end;
  for (let index = 0; index < count.value; index += 1) {
    const length = readHeader(arrived, at, "$");
    if (!length || arrived.length < length.end + length.value + 2) return null;
    words.push(arrived.toString("utf8", length.end, length.end + length.value));
    at = length.end + length.value + 2;
  }
  return { words, end: at };
}

function readHeader(arrived: Buffer, at: number, sign: string): { value: number; end: number } | null {
  const end = arrived.indexOf("\r\n", at);
  if (end < 0) return null;
  const text = arrived.toString("latin1", at, end);
  if (text[0] !== sign || !/^.\d{1,9}$/.test(text)) throw new Error(`not a command: ${text.slice(0, 40)}`);
  return { value: Number(text.slice(1)), end: end + 2 };
}

export function written(reply: Reply): string {
  if (reply === null) return "$-1\r\n";
  if (typeof reply === "number") return `:${reply}\r\n`;
  if (typeof reply === "string") return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
  if (Array.isArray(reply)) return `*${reply.length}\r\n${reply.map(written).join("")}`;
  return "ok" in reply ? `+${reply.ok}\r\n` : `-${reply.error}\r\n`;
}
