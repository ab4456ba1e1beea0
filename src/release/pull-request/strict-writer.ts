/** Mustache that shows no empty variable, undoes no escape, and ends. */
import Mustache from 'mustache';
import { failure } from '../../core/errors.ts';

/** Characters of a rendered text beside what the values have: far more than any forge takes. */
const MAX_TEXT = 2_000_000;
/** How often a text may have all values. */
const MAX_REPEATED = 10;

/** A value as the text that it is put in may have it; `key` is the variable's own name, behind the last dot. */
export type MakeSafe = (value: string, key: string) => string;

/** Values that are made safe when they are looked up: of many changes most texts show nothing. */
export class SafeContext extends Mustache.Context {
  readonly #safe: MakeSafe;

  constructor(values: unknown, safe: MakeSafe, parent?: SafeContext) {
    super(values, parent);
    this.#safe = safe;
  }

  override push(values: unknown): SafeContext {
    return new SafeContext(values, this.#safe, this);
  }

  override lookup(name: string): unknown {
    const value: unknown = super.lookup(name);
    return typeof value === 'string' && value !== '' ? this.#safe(value, name.slice(name.lastIndexOf('.') + 1)) : value;
  }
}

/** Throws TEMPLATE_VARIABLE_EMPTY, and TEMPLATE_INVALID for a text that grows too long. */
export class StrictWriter extends Mustache.Writer {
  readonly #input: string;
  readonly #most: number;
  #rendered = 0;

  /** `input` is the one that the template was given in. */
  constructor(input: string, values: unknown) {
    super();
    this.#input = input;
    this.#most = MAX_TEXT + MAX_REPEATED * sizeOf(values);
  }

  /** Lists in lists multiply: what was rendered is counted in each section, and so is each section without a text. */
  override renderTokens(...tokens: Parameters<Mustache.Writer['renderTokens']>): string {
    const text = super.renderTokens(...tokens);
    this.#rendered += text.length + 1;
    if (this.#rendered > this.#most) {
      const reason = `makes a text of more than ${this.#most} characters`;
      throw failure('TEMPLATE_INVALID', { input: this.#input, reason });
    }
    return text;
  }

  override escapedValue(token: string[], context: InstanceType<typeof Mustache.Context>): string {
    const [, variable = ''] = token;
    const value: unknown = context.lookup(variable);
    if (typeof value !== 'string' || value === '') {
      throw failure('TEMPLATE_VARIABLE_EMPTY', { input: this.#input, variable });
    }
    return value;
  }

  /** `{{{ x }}}` and `{{& x }}` are `{{ x }}`: the values are safe already, and nothing undoes that. */
  override unescapedValue(token: string[], context: InstanceType<typeof Mustache.Context>): string {
    return this.escapedValue(token, context);
  }
}

/** The characters of all texts in a value. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, item: unknown) => sum + sizeOf(item), 0);
}
