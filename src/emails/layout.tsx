import { Body, Container, Head, Hr, Html, Img, Link, Preview, Section, Text } from "react-email";
import type { MailTenant } from "./mail-message.ts";
import { type MailContent, readableOn, safeColor } from "./parts.tsx";
import type { Words } from "./words.ts";

const font = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

const quiet = { color: "#616e7c", fontSize: "13px", lineHeight: "18px", margin: 0 };

type Layout = { words: Words; tenant: MailTenant; content: MailContent; footer: string; unsubscribeUrl: string | null };

export function MailLayout({ words, tenant, content, footer, unsubscribeUrl }: Layout) {
  const color = safeColor(tenant.primaryColor);
  return (
    <Html lang={words.locale}>
      <Head>
        <title>{content.subject}</title>
        <meta name="color-scheme" content="light" />
      </Head>
      <Preview useTitleTag={false}>{content.preview}</Preview>
      <Body lang={words.locale} style={{ backgroundColor: "#eef1f5", fontFamily: font, margin: 0, padding: "24px 8px" }}>
        <Container style={{ backgroundColor: "#ffffff", borderRadius: "12px", maxWidth: "560px", overflow: "hidden" }}>
          <Section style={{ backgroundColor: color, padding: "20px 28px" }}>
            {isWebAddress(tenant.logoUrl) && (
              <Img src={tenant.logoUrl} alt="" height="40" style={{ margin: "0 0 8px", maxWidth: "220px" }} />
            )}
            <Text style={{ color: readableOn(color), fontSize: "18px", fontWeight: 600, margin: 0 }}>{tenant.name}</Text>
          </Section>
          <Section style={{ padding: "28px" }}>
            {content.body}
            <Hr style={{ borderColor: "#e4e7eb", margin: "24px 0 16px" }} />
            <Text style={quiet}>
              {footer}
              {unsubscribeUrl !== null && (
                <>
                  {" "}
                  <Link href={unsubscribeUrl} style={{ color: quiet.color, textDecoration: "underline" }}>
                    {words.t("common.unsubscribe")}
                  </Link>
                </>
              )}
            </Text>
          </Section>
        </Container>
      </Body>
    </Html>
  );
}

function isWebAddress(address: string | null): address is string {
  return address !== null && /^https?:\/\//.test(address);
}
