/** Text from outside, made safe for the place where it is shown. What is cut has no secret: see `safeText`. */
import { safeText } from './secrets.ts';

/** Characters that act instead of showing: controls, line breaks, text direction, zero width. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const asEscape = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

/** One visible line of at most `limit` characters, in double quotes. For values named in a message. */
export function quote(text: string, limit = 200): string {
  return `"${oneLine(text, limit)}"`;
}

/** One visible line of at most `limit` characters. */
export function oneLine(text: string, limit = 200): string {
  return shortened(safeText(text).replace(INVISIBLE, asEscape), limit);
}

/** Breaks a command, and shows nothing. */
const BREAK = '\u200b';

/**
 * What a CI takes for a command in its log, and where it is broken: GitHub's `::name::` at the start of a line; `##[name]`
 * of GitHub and Azure, `##vso[`, `##teamcity[` and `##octopus[` anywhere; sections of GitLab and Travis. The notes of
 * Jenkins begin with an escape character, which is not left.
 */
const LOG_COMMANDS: readonly RegExp[] = [
  /(?<=^\s*:)(?=:)/gm,
  /(?<=#)(?=#[[\w])/g,
  /(?<=section_(?:start|end)|travis_(?:fold|time))(?=:)/gi,
];

/** Text for a CI log, its line breaks kept. A command of any CI is broken by an invisible character. */
export function forLog(text: string): string {
  const visible = text.replace(INVISIBLE, (character) =>
    character === '\n' || character === '\t' ? character : asEscape(character),
  );
  return broken(visible, LOG_COMMANDS);
}

/** JSON for a CI log: commands in its texts are broken by escapes, so that its values are the same. */
export function jsonForLog(json: string): string {
  const asUnicode = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return LOG_COMMANDS.reduce(
    (safe, { source, flags }) => safe.replace(new RegExp(`${source}.`, flags), asUnicode),
    json,
  );
}

/**
 * What a server or a CI takes for a command in a commit message or a pull request, and where it is broken: a mention; an
 * issue (`#1`, `acme/web#1`, `GH-1`, `!1`, its address, a key of Jira behind a closing word) or a `#command`; `[skip ci]`,
 * `[no ci]`, `[skip actions]` and the like, `***NO_CI***`; a trailer (`skip-checks: true`, `Co-authored-by: x`) and a quick
 * action of GitLab (`/tag`) at the start.
 */
const COMMANDS: readonly RegExp[] = [
  /(?<=(?<!\w)@)(?=\w)/g,
  /(?<=#)(?=\w)/g,
  /(?<=!)(?=\d)/g,
  /(?<=\bGH)(?=-\d)/gi,
  /(?<=\/(?:issues|pull|pulls|merge_requests|work_items)\/)(?=\d)/gi,
  /(?<=\b[cfri])(?!ix:)(?=(?:los(?:e[sd]?|ing)|ix(?:e[sd]|ing)?|esolv(?:e[sd]?|ing)|mplement(?:s|ed|ing)?)\b:?\s+[a-z]\w+-\d)/gi,
  /(?<=\[)(?=[^\]]*(?:skip|no|ci)\b)/gi,
  /(?<=\*)(?=\**no_ci)/gi,
  /(?<=skip-checks)(?=\s*:)/gi,
  /(?<=^\s*[a-z\d]+(?:-[a-z\d]+)+)(?=\s*:(?:\s|$))/gi,
  /(?<=^\s*\/)(?=[a-z])/gi,
];

/** One line for a commit message or a title: visibly the text as it is, without a command in it. */
export function forCommit(text: string): string {
  return broken(oneLine(text, 1000), COMMANDS);
}

/** One line of at most `limit` characters, in which `forCommit` made the values safe. */
export function oneCommitLine(text: string, limit: number): string {
  return shortened(
    safeText(text).replace(INVISIBLE, (character) => (character === BREAK ? BREAK : asEscape(character))),
    limit,
  );
}

/** The text that `forCommit` got, as far as it was visible. */
export function fromCommit(text: string): string {
  return text.replaceAll(BREAK, '');
}

const shortened = (text: string, limit: number): string =>
  text.length > limit ? `${text.slice(0, limit).replace(/[\ud800-\udbff]$/, '')}…` : text;

const broken = (text: string, commands: readonly RegExp[]): string =>
  commands.reduce((safe, command) => safe.replace(command, BREAK), text);

/** What GitHub makes a link in a text without markup: an address, and the @ of an e-mail address. */
const LINKS: readonly RegExp[] = [/(?=:\/\/)/g, /(?<=\bwww)(?=\.)/gi, /(?<=@)(?=\w)/g, /(?<=\b(?:mailto|xmpp))(?=:)/gi];

/** Plain text for a Markdown body, also inside a table: no markup, no link, no mention, no reference to an issue. */
export function forMarkdown(text: string): string {
  return broken(oneLine(text, 2000), [...LINKS, ...COMMANDS])
    .replace(/[\\`*_{}[\]<>#+!|~&()$]/g, '\\$&')
    .replace(/^(\d*)([-=.)])(?=\s|$)/, '$1\\$2');
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
  const shown = safeText(text);
  if (shown.length <= limit) return shown;
  const room = limit - note.length - 1;
  const lineEnd = shown.lastIndexOf('\n', room);
  return `${shown.slice(0, lineEnd > 0 ? lineEnd : room)}\n${note}`;
}
