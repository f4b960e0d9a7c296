import { decodedOf } from './target.ts'

/** Placeholders told in a finding, those they are chosen from, and characters of each. */
const [TOLD, COMPARED, TOLD_CHARACTERS] = [3, 20, 40]

/** Syntaxes that no one writes who does not mean a placeholder. */
const SURE: readonly RegExp[] = [
  /(?<!\$)\{\{[^{}]*\}\}/g,
  /\{%[^{}%]*%\}/g,
  /\[%[^[\]%\n]*%\]/g,
  /<%[^<>%\n]*%>/g,
  /<\?(?:php\b|=)[^<>\n]*/g,
  /\*\|[^|*\n]*\|\*/g,
  /\$!?\{ ?[a-z_][^{}\n]*\}/gi,
  /\{[$!][a-z_][^{}\n]*\}/gi,
  /\{!![^{}\n]*!!\}/g,
  /#\{[a-z_][\w.]*\}/gi,
  /\{contactfield=\w+\}|\{subtag:\w+\}|\[\[(?:data|var):[^[\]\n]*\]\]/gi,
  /\[object Object\]/g,
]

/** Percent signs, which stand in encoded links as well. */
const PERCENT: readonly RegExp[] = [
  /%%[a-z_][\w.:-]*%%/gi,
  /%%=[^%\n]*=%%/g,
  /%%\[[^%\n]*\]%%/g,
  /%\([a-z_]\w*\)[sd]/gi,
  /%\{[a-z_]\w*\}/gi,
  // Two hex digits are a byte of a link, and %USERNAME% and its kin are Windows'.
  /%(?!user|computer|[0-9a-f][0-9a-f])[a-z_.]*(?:name|e-?mail)%/gi,
  /%unsubscribe[a-z_]{0,9}%/gi,
  /%(?![0-9a-f][0-9a-f])[a-z.]+_[a-z_.]*(?:url|link|address|token)%/gi,
]

/** What is a placeholder by the name in it: brackets, braces and signs are also written for other ends. */
const NAMED: readonly RegExp[] = [
  /\{(?:[a-z_.-]*(?:name|e-?mail)|[a-z_.-]*unsubscribe[a-z_]{0,9}|[a-z.-]+_(?:url|link|token|address|company|city)|url|link|token)\}/gi,
  /(?:\{|\[|%)(?:first name|last name|full name|pr[ée]nom|nombre|nome|cognome|naam|имя|姓名|氏名)(?:\}|\]|%)/gi,
  /\[\[[a-z_.-]*(?:name|e-?mail|[_-](?:url|link))\]\]/gi,
  /(?:##?|@@|__|<<|«|\$)(?:(?:first|last|full)[ _-]?name|[fl]name|unsubscribe[ _-]?(?:url|link))(?:##?|@@|__|>>|»|\$)/gi,
  /\{\{ ?[a-z_.]*(?:name|e-?mail|url|link)\b/gi,
]

/** What is one in a text, and may be part of a link. */
const WRITTEN: readonly RegExp[] = [
  /\[(?:(?:first|last|full)[ _-]?name|[fl]name|unsubscribe[ _-]?(?:url|link))\]/gi,
  /\[your (?:first |last |full )?name\]|\[insert [a-z' ]+\]/gi,
  /\b(?:[Hh]i|[Hh]ello|[Dd]ear|[Hh]ey|[Hh]allo|[Bb]onjour|[Hh]ola|[Cc]iao) (?:undefined|null|None|NaN|%s)[,!]/g,
  /\blorem ipsum dolor\b/gi,
]

const IN_LINK: readonly RegExp[] = [/\{[a-z_][a-z_.]*\}/gi, /[/=]undefined(?![^/?#&])/g]

/** Returns the placeholders that were left over in a text, each once. */
export const placeholdersIn = (text: string): string[] =>
  foundIn(text, [...SURE, ...PERCENT, ...NAMED, ...WRITTEN])

/** Returns those in a link, also where a library has encoded them. */
export const placeholdersInLink = (url: string): string[] =>
  // Most links have none of these signs, and a mail may have thousands of links.
  /[{%<*[$#@_«]|undefined/.test(url)
    ? foundIn(url, [...PERCENT]).concat(foundIn(decodedOf(url), [...SURE, ...NAMED, ...IN_LINK]))
    : []

const foundIn = (text: string, patterns: readonly RegExp[]): string[] => [
  ...new Set(patterns.flatMap(pattern => text.match(pattern) ?? []).filter(one => /\p{L}/u.test(one))),
]

/** Returns the finding for some placeholders; undefined for none. */
export function toldOf(found: readonly string[], where: string): string | undefined {
  if (found.length === 0) return undefined
  const first = [...new Set(found)].slice(0, COMPARED)
  const told = first
    .filter(one => !first.some(other => other !== one && other.includes(one)))
    .slice(0, TOLD)
    .map(one => one.slice(0, TOLD_CHARACTERS).trim())
  return `${where} has what a template leaves where nothing was put in: ${told.join(' ')}`.replace(
    /[.]?$/,
    '.',
  )
}
