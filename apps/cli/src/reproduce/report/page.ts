import { escapeText } from '@plumbline/ml/figures';
import type { Html, Section } from './html.ts';

/** Surroundings of images are neutral grey; one accent; hairlines rather than boxes. */
const CSS = `
:root{color-scheme:light dark;--ground:#f5f5f5;--sheet:#ffffff;--ink:#262626;--soft:#666;--line:#dedede;--accent:#00757b;--amber:#8a5a00}
@media (prefers-color-scheme:dark){:root{--ground:#161616;--sheet:#1d1d1d;--ink:#e5e5e5;--soft:#a3a3a3;--line:#363636;--accent:#3fc1c9;--amber:#efb63f}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:13px/1.5 "Inter Variable",Inter,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.page{display:grid;grid-template-columns:176px minmax(0,1fr);gap:32px;max-width:1360px;margin:0 auto;padding:24px}
nav{position:sticky;top:24px;align-self:start;border-left:1px solid var(--line)}
nav a{display:block;padding:3px 12px;color:var(--soft)}nav a:hover{color:var(--accent)}
h1{font-size:20px;line-height:1.3;margin:0 0 4px;font-weight:600}h2{font-size:16px;margin:0 0 12px;font-weight:600}h3{font-size:13px;margin:20px 0 8px;font-weight:600}
p{margin:0 0 8px;max-width:76ch}.soft{color:var(--soft)}
section{background:var(--sheet);border:1px solid var(--line);border-radius:6px;padding:20px;margin:20px 0;scroll-margin-top:16px}
.notice{border-left:3px solid var(--amber);padding:2px 0 2px 12px;margin:0 0 8px}
.scroll{overflow-x:auto;margin:0 0 8px}
table{border-collapse:collapse;font-size:12px;white-space:nowrap}
th,td{padding:4px 16px 4px 0;text-align:left;border-bottom:1px solid var(--line);font-weight:400}
thead th{color:var(--soft);vertical-align:bottom}b{font-weight:650}
summary{font-weight:600;margin:20px 0 8px;cursor:pointer}
code{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr));gap:20px 28px;margin:12px 0}
.figures svg{display:block;width:100%;max-width:520px;height:auto}
.pictures{display:grid;grid-template-columns:repeat(var(--columns),minmax(84px,132px));gap:10px;overflow-x:auto;margin:8px 0}
figure{margin:0}img{display:block;width:100%;image-rendering:pixelated;background:#808080}
figcaption{color:var(--soft);font-size:12px;line-height:1.35;padding-top:4px}
@media (max-width:860px){.page{grid-template-columns:minmax(0,1fr);gap:0;padding:16px 12px}nav{position:static;border:0;display:flex;flex-wrap:wrap;margin:0 -8px 4px}nav a{padding:3px 8px}section{padding:14px 12px;margin:12px 0}}
@media print{nav{display:none}.page{display:block}section{break-inside:avoid;border:0;padding:0}}
`;

/** The whole report as one file that needs nothing else: no network, no script. */
export function page(title: string, lead: Html, sections: readonly Section[]): Html {
  const links = sections.map(({ id, title: name }) => `<a href="#${id}">${escapeText(name)}</a>`).join('');
  const bodies = sections
    .map(({ id, title: name, body }) => `<section id="${id}"><h2>${escapeText(name)}</h2>${body}</section>`)
    .join('\n');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeText(title)}</title><style>${CSS}</style></head>`,
    `<body><div class="page"><nav aria-label="Sections">${links}</nav><main><header><h1>${escapeText(title)}</h1>${lead}</header>`,
    bodies,
    '</main></div></body></html>',
    '',
  ].join('\n');
}
