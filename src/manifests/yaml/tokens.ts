/** YAML text -> the parser's tokens, as long as a budget lasts. */
import { Lexer, Parser, type CST } from 'yaml';
import { MAX_DEPTH, STEPS_OF_DOCUMENT, TooComplex } from './budget.ts';
import type { Origin } from './reader.ts';

/** Signs between the parser's parts, which are no characters of the text. */
const SIGNS = new Set(['\x02', '\x18', '\x1f']);

/** Reads a part of `origin` as far as it is neither too deep nor too long for the budget; then throws TooComplex. */
export function readTokens(source: string, { place, budget }: Pick<Origin, 'place' | 'budget'>): CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let offset = 0;
  const here = (): number => place(offset);
  const add = (some: Iterable<CST.Token>): void => {
    for (const token of some) {
      tokens.push(token);
      if (token.type === 'document' || token.type === 'doc-end') budget.spend(STEPS_OF_DOCUMENT, here);
    }
  };
  for (const lexeme of new Lexer().lex(source)) {
    budget.spend(1, here);
    add(parser.next(lexeme));
    // The document is one too.
    if (parser.stack.length > MAX_DEPTH + 1) throw new TooComplex('is nested too deeply', here());
    if (!SIGNS.has(lexeme)) offset += lexeme.length;
  }
  add(parser.end());
  return tokens;
}
