/** Text from outside, made safe for the place where it is shown. */

/** Characters that act instead of showing: controls, line breaks, text direction, zero width. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const asEscape = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

/** One visible line of at most `limit` characters, in double quotes. For values named in a message. */
export function quote(text: string, limit = 200): string {
  return `"${oneLine(text, limit)}"`;
}

/** One visible line of at most `limit` characters. */
export function oneLine(text: string, limit = 200): string {
  const visible = text.replace(INVISIBLE, asEscape);
  return visible.length > limit ? `${visible.slice(0, limit).replace(/[\ud800-\udbff]$/, '')}…` : visible;
}

/**
 * Text for a CI log, its line breaks kept. GitHub's runner takes `::name::` at the start of a line and `##[name]`
 * anywhere for a command, so both are broken by an invisible character.
 */
export function forLog(text: string): string {
  return text
    .replace(INVISIBLE, (character) => (character === '\n' || character === '\t' ? character : asEscape(character)))
    .replace(/^(\s*):(?=:)/gm, '$1:\u200b')
    .replaceAll('##[', '##\u200b[');
}

/** Plain text for a Markdown body, also inside a table: no markup, no mention, no reference to an issue. */
export function forMarkdown(text: string): string {
  return oneLine(text, 2000)
    .replace(/[\\`*_{}[\]<>#+!|~&()]/g, '\\$&')
    .replace(/@(?=\w)/g, '@\u200b')
    .replace(/^(\d*)([-=.)])(?=\s|$)/, '$1\\$2')
    .replace(/\b(GH)-(?=\d)/gi, '$1\u200b-')
    .replace(/(https?):(?=\/\/)/gi, '$1\u200b:');
}

/** A Markdown code span that shows the text as it is, also inside a table. */
export function markdownCode(text: string): string {
  const shown = oneLine(text, 2000).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return shown === '' ? '' : `${fence}${pad}${shown}${pad}${fence}`;
}

/** A fenced Markdown block that shows the text as it is. */
export function markdownBlock(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n?$/, '\n')}${fence}`;
}

/** A link target that stays inside its parentheses; empty for anything but an http(s) URL. */
export function markdownUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return '';
  const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return new URL(url).href.replace(/[()<>|\\`*~[\]]/g, percent);
}

/** The text cut to `limit` characters at the end of a line, with `note` in place of the rest. */
export function cut(text: string, limit: number, note: string): string {
  if (text.length <= limit) return text;
  const room = limit - note.length - 1;
  const lineEnd = text.lastIndexOf('\n', room);
  return `${text.slice(0, lineEnd > 0 ? lineEnd : room)}\n${note}`;
}
