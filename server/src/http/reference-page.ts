import { createHash } from 'node:crypto'
import type { MadeDocument } from './document.ts'
import { escaped } from './member-table.ts'

/** The reference of an API as one page: what it says comes from the contract. Its parts are HTML. */
export interface Reference {
  title: string
  intro: string
  nav: string
  sections: readonly string[]
  /** A script of ours that may call this server; without one the page runs none. */
  script?: string
}

/** The page, and the policy that lets a browser run and load nothing but what is in it. */
export function referencePage({ title, intro, nav, sections, script }: Reference): MadeDocument {
  const content = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${intro}
<nav aria-label="Calls">${nav}</nav>
${sections.join('\n')}
</main>
${script === undefined ? '' : `<script>${script}</script>\n`}</body>
</html>
`
  return { content, headers: { 'content-security-policy': policyFor(script), 'referrer-policy': 'no-referrer' } }
}

function policyFor(script: string | undefined): string {
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`, "connect-src 'self'"]),
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "require-trusted-types-for 'script'; trusted-types 'none'",
  ]
  return policy.join('; ')
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif;--line:color-mix(in srgb,currentColor 20%,transparent)}
*{box-sizing:border-box}body{margin:0;background:light-dark(#fff,#121212);color:light-dark(#1a1a1a,#e8e8e8)}a{color:light-dark(#0b57d0,#9ecbff)}main{max-width:60rem;margin:0 auto;padding:2rem 1.5rem}h2{margin-top:3rem;font-size:1.15rem;overflow-wrap:anywhere}h3{font-size:.95rem;margin-bottom:.3rem}
code,pre,textarea{font-family:ui-monospace,monospace;font-size:.85rem}b{font-weight:700}nav h2{margin:1.2rem 0 .2rem;font-size:.95rem}nav ul{list-style:none;padding:0;margin:0;columns:2 18rem}nav li{overflow-wrap:anywhere;break-inside:avoid}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
@media (max-width:40rem){td,th{padding:.3rem .4rem .3rem 0;overflow-wrap:anywhere}td:first-child{min-width:6.5rem}td:nth-child(2){min-width:4rem}}
pre{overflow-x:auto;max-height:24rem;padding:.6rem .8rem;margin:.4rem 0;border:1px solid var(--line);border-radius:.4rem}summary{cursor:pointer}details{margin:.3rem 0}
form{display:grid;gap:.5rem;padding:.8rem;margin-top:.8rem;border:1px solid var(--line);border-radius:.4rem}form label{display:grid;gap:.2rem;font-size:.9rem}
input,textarea,button{font:inherit;padding:.35rem .5rem;width:100%;max-width:100%}textarea{font-family:ui-monospace,monospace;font-size:.85rem;resize:vertical}button{width:max-content;padding:.35rem 1rem;cursor:pointer}form pre{white-space:pre-wrap;overflow-wrap:anywhere}form pre:empty,[hidden]{display:none}
:target{background:color-mix(in srgb,gold 25%,transparent)}`
