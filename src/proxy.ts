import { type NextRequest, NextResponse } from "next/server";
import { isPreviewToken } from "#queries/links/preview.ts";
import { isLocale } from "#ui/i18n/locales.ts";

const localeCookieSeconds = 365 * 24 * 60 * 60;

/** Gives every page a nonce and a content security policy. `?lang=` sets the visitor's language. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = crypto.randomUUID();
  const { pathname } = request.nextUrl;
  const policy = contentSecurityPolicy(nonce, { pathname, frameAncestors: (await isPreview(request)) ? "'self'" : "'none'" });
  const chosen = request.nextUrl.searchParams.get("lang");
  const locale = isLocale(chosen) ? chosen : undefined;

  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  headers.set("x-path", request.nextUrl.pathname);
  // Always set or deleted, so that nobody outside can send it.
  if (locale) headers.set("x-locale", locale);
  else headers.delete("x-locale");

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (locale) response.cookies.set("locale", locale, { path: "/", maxAge: localeCookieSeconds, sameSite: "lax" });
  return response;
}

/** Only our own dashboard may frame a booking page, and only while it shows a preview. */
async function isPreview({ nextUrl }: NextRequest): Promise<boolean> {
  const token = nextUrl.searchParams.get("preview");
  return token !== null && nextUrl.pathname.startsWith("/book/") && isPreviewToken(token);
}

/** The dashboard's toasts (sonner) have one style, which takes no nonce, and add it empty first. */
const toastStyles = " 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

function contentSecurityPolicy(nonce: string, { pathname, frameAncestors }: { pathname: string; frameAncestors: string }): string {
  // React's development build evaluates code and injects styles. Production does neither.
  const isDevelopment = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'${/^\/dashboard(\/|$)/.test(pathname) ? toastStyles : ""}`}`,
    "img-src 'self' data: https:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
    "base-uri 'none'",
  ].join("; ");
}

export const config = {
  matcher: ["/((?!api/|pay/|store/|_next/static|_next/image|demo/|healthz|readyz|metrics|icon.svg|apple-icon.png|favicon.ico).*)"],
};
