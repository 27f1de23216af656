import { Hono } from "hono";
import { parseFields, pressed, readFields } from "../fields.ts";
import { page } from "../page.ts";
import { say } from "../words.ts";
import { defaultMailKnobs, type Inbox, type Mail, mailKnobsSchema, mailsTo } from "./inbox.ts";
import { mailPage, mailSection } from "./pages.ts";

const stateMailsMax = 500;

export function mailRoutes(inbox: Inbox): Hono {
  const routes = new Hono();

  routes.get("/", (c) => {
    const body = mailSection(inbox, { to: c.req.query("to"), rowsMax: 200 });
    return c.html(page({ title: say("Correo simulado"), at: "/mail", body }));
  });

  routes.get("/state", (c) => {
    const mails = mailsTo(inbox, c.req.query("to"));
    return c.json({ total: mails.length, mails: mails.slice(0, stateMailsMax).map(mailShape), knobs: inbox.knobs });
  });

  routes.post("/panel/knobs", async (c) => {
    const fields = await readFields(c);
    const base = fields.reset === "on" ? defaultMailKnobs : inbox.knobs;
    inbox.knobs = { ...base, ...parseFields(mailKnobsSchema, fields) };
    return pressed(c, inbox.knobs, "/mail");
  });

  routes.get("/:id", (c) => {
    const mail = inbox.mails.find((each) => each.id === c.req.param("id"));
    if (!mail) return c.notFound();
    return c.html(page({ title: mail.subject || say("(sin asunto)"), at: "/mail", body: mailPage(mail) }));
  });

  routes.get("/:id/attachments/:index", (c) => {
    const mail = inbox.mails.find((each) => each.id === c.req.param("id"));
    const attachment = mail?.attachments[Number(c.req.param("index"))];
    if (!attachment) return c.notFound();
    const filename = encodeURIComponent(attachment.filename);
    return c.body(new Uint8Array(attachment.content), 200, {
      "content-type": attachment.mimeType,
      "content-disposition": `attachment; filename*=UTF-8''${filename}`,
    });
  });

  return routes;
}

/** Shows the text of text attachments, and only the size of others. */
function mailShape(mail: Mail) {
  const attachments = mail.attachments.map(({ filename, mimeType, content }) => {
    const text = mimeType.startsWith("text/") ? content.toString("utf8") : null;
    return { filename, mimeType, bytes: content.length, text };
  });
  return { ...mail, attachments };
}
