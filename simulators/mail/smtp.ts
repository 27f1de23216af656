import type { Socket } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { type Inbox, storeMail } from "./inbox.ts";

const messageBytesMax = 10 * 1024 * 1024;

/** Takes every message for everybody, on 127.0.0.1, without TLS, with any user and password. */
export async function listenSmtp(inbox: Inbox, port: number): Promise<{ port: number; stop(): Promise<void> }> {
  const sockets = new Map<number, Socket>();
  const drop = (session: SMTPServerSession) => sockets.get(session.remotePort)?.destroy();
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    size: messageBytesMax,
    logger: false,
    closeTimeout: 200,
    onAuth: (auth, _session, done) => {
      if (inbox.knobs.failLogins === 0) return done(null, { user: auth.username ?? "anyone" });
      inbox.knobs.failLogins -= 1;
      done(smtpError(inbox.knobs.loginReply, "The login was refused"));
    },
    onConnect: (_session, done) => done(whileDown(inbox)),
    // A connection that was open before takes no mail either.
    onMailFrom: (_address, _session, done) => done(whileDown(inbox)),
    onData: (stream, session, done) => {
      receive(inbox, stream, session).then(
        (outcome) => (outcome === "drop" ? drop(session) : done(outcome === "stored" ? null : outcome)),
        (error: unknown) => done(smtpError(451, `Could not read the message: ${error}`)),
      );
    },
  });
  server.server.on("connection", (socket: Socket) => {
    const remotePort = socket.remotePort ?? 0;
    sockets.set(remotePort, socket);
    socket.once("close", () => sockets.delete(remotePort));
  });
  await listen(server, port);
  // A client that goes away in the middle is no failure of ours.
  server.on("error", () => undefined);
  const address = server.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function receive(inbox: Inbox, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<"stored" | "drop" | Error> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes <= messageBytesMax) chunks.push(part);
  }
  if (bytes > messageBytesMax) return smtpError(552, "Message exceeds the maximum size");
  const { knobs } = inbox;
  if (knobs.failNext > 0) {
    knobs.failNext -= 1;
    return smtpError(451, "Temporary failure, try again later");
  }
  await storeMail(
    inbox,
    Buffer.concat(chunks),
    session.envelope.rcptTo.map((recipient) => recipient.address),
  );
  if (knobs.acceptThenDrop === 0) return "stored";
  knobs.acceptThenDrop -= 1;
  return "drop";
}

const whileDown = ({ knobs }: Inbox): Error | null => (knobs.down === "on" ? smtpError(421, "Service not available") : null);
const smtpError = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

function listen(server: SMTPServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}
