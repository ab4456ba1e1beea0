/** The parser's tokens -> documents, up to the first error. */
import { Composer, YAMLParseError, type CST, type Document } from 'yaml';

export interface Composed {
  readonly documents: readonly Document.Parsed[];
  /** The first; what is behind it was not read. */
  readonly error?: YAMLParseError;
}

/** Reads all documents, or up to an error. */
export function compose(tokens: Iterable<CST.Token>): Composed {
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false });
  // The library makes an error of each character that may be wrong, which takes seconds where there are a million.
  const report: (...found: unknown[]) => void = composer['onError'];
  composer['onError'] = (...found: unknown[]) => {
    report(...found);
    const [error] = composer.streamInfo().errors;
    if (error) throw error;
  };
  const documents: Document.Parsed[] = [];
  try {
    for (const document of composer.compose(tokens)) documents.push(document);
    return { documents };
  } catch (error) {
    if (error instanceof YAMLParseError) return { documents, error };
    throw error;
  }
}
