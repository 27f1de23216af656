import { html, raw } from "hono/html";
import type { OpenApiDocument } from "#contracts/openapi.ts";
import { refusals } from "#contracts/problem.ts";

type Described = NonNullable<OpenApiDocument["paths"][string]["get"]>;

const style = `body{font:16px/1.55 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem;color:#1c2733;overflow-wrap:anywhere}
h1{font-size:1.9rem}h2{margin-top:2.5rem;font-size:1.15rem;border-top:1px solid #dde3ea;padding-top:1.25rem}
code,pre{font:14px/1.5 ui-monospace,monospace}pre{background:#f5f7fa;padding:1rem;border-radius:.5rem;overflow:auto;max-height:24rem}
table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}td,th{text-align:left;padding:.35rem .75rem .35rem 0;vertical-align:top;border-bottom:1px solid #eef1f5}
.method{display:inline-block;min-width:4rem;font-weight:700;text-transform:uppercase;color:#0b5cad}a{color:#0b5cad}summary{cursor:pointer;padding:.6rem 0}`;

/** Renders the contract as one page without scripts, to read, print and search. */
export function docsPage(document: OpenApiDocument) {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Konfirmado API</title><style>${raw(style)}</style></head>
<body>
<h1>Konfirmado API</h1>
<p>${document.info.description} The same as <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<p>A program keeps the <code>session</code> of <code>POST /api/holds</code> and sends it back as <code>X-Checkout-Session</code>; a browser gets an HttpOnly cookie instead, and another one with each booking.</p>
<p>Every <code>POST</code> that creates takes <code>Idempotency-Key</code>: after a lost answer, the same request under the same key gets the same answer and has no second effect.</p>
${Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, described]) => operation(path, method, described)))}
<h2 id="errors">Errors</h2>
<p>Every error is <code>application/problem+json</code> with a stable <code>code</code>.</p>
<table tabindex="0"><thead><tr><th>code</th><th>status</th><th>meaning</th></tr></thead><tbody>
${Object.entries(refusals).map(([code, { status, title }]) => html`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`)}
</tbody></table>
</body></html>`;
}

function operation(path: string, method: string, described: Described) {
  const request = described.requestBody?.content["application/json"];
  return html`<h2 id="${described.operationId}"><span class="method">${method}</span> <code>${path}</code></h2>
<p>${described.summary}.</p>
<p>${described.description}</p>
${
  described.parameters.length === 0
    ? ""
    : html`<table tabindex="0"><tbody>${described.parameters.map(
        (parameter) =>
          html`<tr><td><code>${parameter.name}</code></td><td>${parameter.in}${parameter.required ? "" : ", optional"}</td><td>${parameter.description}</td></tr>`,
      )}</tbody></table>`
}
${request ? schema("Request body", request.schema) : ""}
${Object.entries(request?.examples ?? {}).map(([name, { value }]) => schema(`Example: ${name}`, value))}
${Object.entries(described.responses).map(([status, response]) => {
  const { schema: shape, example } = Object.values(response.content ?? {})[0] ?? {};
  const isOwn = status.startsWith("2") && shape !== undefined;
  const shown = example === undefined ? "" : schema(`Example of ${status}`, example);
  return isOwn
    ? html`${schema(`${status} · ${response.description}`, shape)}${shown}`
    : html`<p><strong>${status}</strong> ${response.description}</p>`;
})}`;
}

function schema(title: string, shape: unknown) {
  return html`<details><summary>${title}</summary><pre tabindex="0">${typeof shape === "string" ? shape : JSON.stringify(shape, null, 2)}</pre></details>`;
}
