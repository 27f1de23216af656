import { raw } from "hono/html";

/** Plain CSS for every page: no build, no outside font. */
export const style = raw(`
:root { --ink:#17212b; --soft:#5b6875; --line:#dfe5ea; --paper:#fff; --ground:#f4f6f8; --accent:#0b6b5d; --good:#116b3a; --bad:#a3262c; --wait:#855300 }
* { box-sizing:border-box }
body { margin:0; font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif; color:var(--ink); background:var(--ground) }
a { color:var(--accent) }
.wide { max-width:1180px; margin:0 auto; padding:0 16px }
.top { background:var(--paper); border-bottom:1px solid var(--line); position:sticky; top:0; z-index:1 }
.top .wide { display:flex; flex-wrap:wrap; align-items:center; gap:4px 24px; padding-top:8px; padding-bottom:8px }
.brand { font-weight:700; text-decoration:none; color:var(--ink) } .brand span { color:var(--soft); font-weight:400 }
nav { display:flex; gap:4px; flex-wrap:wrap }
nav a { padding:10px 12px; border-radius:8px; text-decoration:none; color:var(--ink) }
nav a[aria-current] { background:#e2f1ee; color:var(--accent); font-weight:600 }
h1 { font-size:1.5rem; margin:24px 0 8px } h2 { font-size:1.12rem; margin:0 } h3 { font-size:1rem; margin:0 }
section, .card { background:var(--paper); border:1px solid var(--line); border-radius:14px; padding:16px; margin:16px 0 }
.head { display:flex; flex-wrap:wrap; justify-content:space-between; align-items:baseline; gap:4px 16px; margin-bottom:10px }
.soft, .empty { color:var(--soft) } .empty { margin:8px 0 }
.scroll { overflow-x:auto } table { border-collapse:collapse; width:100%; font-size:.93rem }
th { text-align:left; font-weight:600; color:var(--soft); white-space:nowrap } th,td { padding:8px 10px 8px 0; vertical-align:top; border-top:1px solid var(--line) }
thead th { border-top:0 } code, pre { font:.86rem/1.45 ui-monospace,Menlo,Consolas,monospace } code { overflow-wrap:anywhere }
pre { background:#f0f3f5; border-radius:10px; padding:12px; overflow:auto; white-space:pre-wrap; overflow-wrap:anywhere; margin:8px 0 }
.badge { display:inline-block; padding:1px 9px; border-radius:99px; font-size:.82rem; font-weight:600; background:#e9edf0; color:#3c4853; white-space:nowrap }
.badge.good { background:#dff3e6; color:var(--good) } .badge.bad { background:#fbe4e4; color:var(--bad) } .badge.wait { background:#fdf0d5; color:var(--wait) }
.row { display:flex; flex-wrap:wrap; gap:8px; align-items:center } form { margin:0 }
button { font:inherit; min-height:44px; padding:8px 14px; border-radius:10px; border:1px solid var(--line); background:#fff; color:var(--ink); cursor:pointer }
button:hover { border-color:var(--soft) } button.good { background:var(--good); border-color:var(--good); color:#fff } button.bad { background:#fff; border-color:var(--bad); color:var(--bad) }
button.small { min-height:36px; padding:4px 10px; font-size:.9rem } td form { display:inline-block; margin:0 4px 4px 0 } td button { min-height:36px; padding:4px 10px; font-size:.88rem }
:focus-visible { outline:3px solid #4aa99a; outline-offset:2px }
label { display:block; font-size:.9rem; color:var(--soft) } input,select { font:inherit; width:100%; min-height:44px; padding:8px 10px; border:1px solid #b8c2cb; border-radius:10px; background:#fff; color:var(--ink) }
.fields { display:grid; gap:12px; grid-template-columns:repeat(auto-fill,minmax(190px,1fr)); margin:12px 0 }
details summary { cursor:pointer; min-height:44px; display:flex; align-items:center; color:var(--accent) }
dl { display:grid; grid-template-columns:max-content 1fr; gap:4px 16px; margin:8px 0 } dt { color:var(--soft) } dd { margin:0; overflow-wrap:anywhere }
iframe { width:100%; height:520px; border:1px solid var(--line); border-radius:10px; background:#fff }
.plain main { max-width:520px; margin:0 auto; padding:20px 16px 48px } .plain h1 { margin:8px 0 }
.pay { text-align:center; margin:4px 0 16px } .amount { font-size:2rem; font-weight:700; letter-spacing:-.02em }
.stack { display:grid; gap:10px } .stack button { width:100% }
.strip { display:flex; justify-content:space-between; align-items:center; font-weight:700; padding:4px 0 12px }
.note { border-left:4px solid var(--wait); background:#fdf6e6; padding:10px 14px; border-radius:8px; margin:12px 0 } .note.bad { border-color:var(--bad); background:#fdeeee }
.wompi { --good:#2c2a29; --accent:#1c6b3f } .mercadopago { --good:#0a63b8; --accent:#0a63b8; --ground:#eef3fa } .stripe { --good:#0a5fc0; --accent:#4b45c6; --ground:#fff }
.steps { margin:20px 0 8px; font-size:1.05rem } .ways { border:1px solid var(--line); border-radius:12px; margin:8px 0 16px; padding:0 }
.way { border-top:1px solid var(--line); padding:0 14px } .way:first-of-type { border-top:0 }
.way > label, label.check { display:flex; gap:10px; align-items:center; min-height:52px; color:var(--ink) } label.check { font-size:.86rem; min-height:44px }
input[type=radio], input[type=checkbox] { width:20px; min-width:20px; min-height:20px; accent-color:var(--good) }
.way > .fields { display:none; grid-template-columns:1fr; margin:0 0 14px } .way:has(> label > input:checked) > .fields { display:grid }
.pair { display:grid; grid-template-columns:1fr 1fr; gap:12px; align-items:end } .total { display:flex; justify-content:space-between; gap:16px; align-items:baseline; font-size:1.1rem }
.total b { font-size:1.35rem; white-space:nowrap } .wide-button { width:100%; margin-top:12px; min-height:48px; font-weight:600 } .foot { text-align:center; font-size:.86rem }
@media (max-width:720px) {
  nav { gap:0 } nav a { padding:10px 9px } thead { position:absolute; left:-9999px } tr, td { display:block }
  tbody tr { border-top:1px solid var(--line); padding:10px 0 } tbody tr:first-child { border-top:0 }
  td { border:0; padding:3px 0; display:grid; grid-template-columns:96px 1fr; gap:10px } td::before { content:attr(data-column); color:var(--soft) }
}
`);
