/** Values of single inputs, read from their texts. Each function throws INPUT_INVALID for a text that has no such value. */
import { failure } from '../core/errors.ts';
import { formatReference, parseReference } from '../core/image-reference.ts';
import type { Author, ReleasedImage } from '../core/objects.ts';
import { readTagSelection, type TagSelection } from '../core/tag-selection.ts';
import { isInRange, readRange } from '../core/version.ts';
import { choicesOf } from './lookup.ts';
import type { ChoiceName, ChoiceOf, InputName } from './table.ts';

/** The lines of a text, trimmed and without empty ones. */
export function readLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What a pull request has one by one. No forge takes more, and each may be a request of its own. */
const MOST_NAMES = 100;

/** Names by lines or commas. */
export const splitNames = (text: string): string[] => readLines(text.replaceAll(',', '\n'));

/** Labels, reviewers or assignees. */
export function readNames(input: InputName, value: string): string[] {
  const names = splitNames(value);
  if (names.length <= MOST_NAMES) return names;
  throw failure('INPUT_INVALID', { input, value, reason: `has ${names.length} names, more than ${MOST_NAMES}` });
}

/** Of `true` and `false` also the spellings of YAML 1.2 core, which @actions/core takes too. */
export function readChoice<Name extends ChoiceName>(input: Name, value: string): ChoiceOf<Name> {
  const choices = choicesOf(input);
  const folded = /^(?:True|TRUE|False|FALSE)$/.test(value) ? value.toLowerCase() : value;
  const chosen = choices.find((choice) => choice === folded);
  if (chosen !== undefined) return chosen;
  const last = choices.at(-1) ?? '';
  const rest = choices.slice(0, -1);
  const reason = rest.length === 1 ? `is neither ${rest[0]} nor ${last}` : `is none of ${rest.join(', ')} and ${last}`;
  throw failure('INPUT_INVALID', { input, value, reason });
}

/** The setting `name`. */
export function readName(value: string): string {
  if (!/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(value)) {
    throw failure('INPUT_INVALID', {
      input: 'name',
      value,
      reason: 'is not one line of at most 100 visible characters',
    });
  }
  return value;
}

/** The setting `author`: `Name <email>`. */
export function readAuthor(value: string): Author {
  const [, name, email] = /^([^<>\n]*[^<>\s])\s*<([^<>\s]+)>$/.exec(value) ?? [];
  if (name === undefined || email === undefined) {
    throw failure('INPUT_INVALID', { input: 'author', value, reason: 'is not of the form Name <email>' });
  }
  return { name, email };
}

/** The setting `only-tags`: a tag, a glob or a range. */
export function readOnlyTags(value: string): TagSelection {
  const selection = readTagSelection(value);
  if (selection) return selection;
  const reason = 'is neither a tag, nor a glob (agent-*, *-alpine), nor a range of versions (1.x, >=1.2 <2)';
  throw failure('INPUT_INVALID', { input: 'only-tags', value, reason });
}

/** `namespace:policy=image` -> image by policy. */
export function readPolicyLines(lines: readonly string[]): Map<string, string> {
  return new Map(
    lines.map((value): [string, string] => {
      const [, policy, image] = /^([^:=\s]+:[^:=\s]+)=(\S+)$/.exec(value) ?? [];
      if (policy === undefined || image === undefined || !parseReference(image)) {
        throw failure('INPUT_INVALID', {
          input: 'image-policies',
          value,
          reason: 'is not of the form namespace:policy=image',
        });
      }
      return [policy, image];
    }),
  );
}

/** The setting `allowed-versions`: other versions are refused before anything is cloned. Throws VERSION_NOT_ALLOWED too. */
export function refuseOtherVersions(images: readonly ReleasedImage[], value: string): void {
  if (value === '') return;
  const range = readRange(value);
  if (!range) throw failure('INPUT_INVALID', { input: 'allowed-versions', value, reason: 'is no range of versions' });
  const other = images.find(({ reference }) => !isInRange(reference.tag ?? '', range));
  if (other) throw failure('VERSION_NOT_ALLOWED', { image: formatReference(other.reference), range: value });
}
