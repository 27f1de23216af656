/** Names that belong to the installation, or that people would take for it. */
const reserved = new Set(
  [
    "www www1 www2 web site home root admin administrator dashboard panel console app apps api graphql rest",
    "auth login logout signin signup register account accounts my me user users member members team staff owner",
    "pay payment payments checkout billing invoice invoices refund refunds shop store cart order orders book booking bookings",
    "webhook webhooks callback callbacks cron jobs worker queue status health metrics monitor grafana",
    "mail mails email smtp imap pop pop3 mx mx1 mx2 ns ns1 ns2 dns autodiscover autoconfig postmaster hostmaster webmaster abuse",
    "security noreply no-reply static assets cdn media img image images files upload uploads download downloads",
    "help support docs doc documentation blog news about contact legal terms privacy press jobs-board",
    "dev test testing stage staging preview beta alpha demo-admin sandbox local localhost internal intranet vpn proxy gateway",
    "git ftp sftp ssh db database redis postgres backup konfirmado official",
  ].flatMap((line) => line.split(" ")),
);

/** One label of a host name (RFC 1123). Punycode would show other letters than the ones here. */
const shape = /^(?!xn--)[a-z0-9]([a-z0-9-]{1,61})[a-z0-9]$/;

/** Returns null for a name that a merchant may have. */
export function subdomainProblem(name: string): "invalid" | "reserved" | null {
  if (!shape.test(name)) return "invalid";
  return reserved.has(name) ? "reserved" : null;
}

/**
 * The label before the installation's own name, or null: `aurora` of aurora.citas.example. `www` is
 * the installation itself.
 */
export function subdomainOf(host: string, ownHost: string): string | null {
  const [name, own] = [host, ownHost].map((given) => given.toLowerCase().replace(/:\d+$/, "").replace(/\.$/, ""));
  if (!name || !own || !name.endsWith(`.${own}`)) return null;
  const label = name.slice(0, -own.length - 1);
  return label === "www" || label.includes(".") ? null : label;
}
