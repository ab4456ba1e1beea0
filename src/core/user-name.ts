/** Whether the user in an address of a repository is a name, and not a secret. */

/** Letters, digits and `_ . + -`; also an e-mail address, as single sign-on has it. */
const FORM = /^\w[\w.+-]*(?:@[\w-]+(?:\.[\w-]+)+)?$/;
/** The account behind a user of AWS: `ada-at-123456789012`. */
const ACCOUNT = /-at-\d{12}$/;
const LONGEST = 64;

/** How tokens of GitHub, GitLab and Bitbucket and JSON web tokens begin; a server of GitLab may put a name of its own before. */
const TOKEN =
  /(?:^|[^A-Za-z\d])(?:gh[a-z]_|github_pat_|gl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|agent|wt|soat|ffct)-|AT(?:ATT|CTT|STT|BB)\w|BBDC-|eyJ\w{5})/;
/** The id of a public key, which is the user of AWS over ssh. */
const KEY_ID = /^APKA[A-Z\d]{12,}$/;
/** More of them in a row than a word has. */
const CONSONANTS = /[b-df-hj-np-tv-xz]{6}/i;

/**
 * Whether a text, without percent-encoding, is a user name and nothing that may be a secret. A secret is known by its prefix,
 * as hexadecimal, or as letters and digits that chance has mixed. Sometimes a name looks like one: then it is refused.
 */
export function isUserName(text: string): boolean {
  const name = text.replace(ACCOUNT, '');
  if (!FORM.test(text) || name.length > LONGEST) return false;
  return KEY_ID.test(name) || !(TOKEN.test(name) || isHexadecimal(name) || isRandom(name));
}

function isHexadecimal(name: string): boolean {
  return /^(?=.*\d)[\da-f]{16,}$/i.test(withoutSeparators(name));
}

/** Whether letters, capitals and digits are mixed as chance does it, in one long word or in all of them. */
function isRandom(name: string): boolean {
  const words = name.split(/[^A-Za-z\d]+/);
  const changes = words.map(changesIn);
  const isLongMix = words.some(
    (word, index) => word.length > 40 || (word.length >= 16 && ((changes[index] ?? 0) >= 3 || CONSONANTS.test(word))),
  );
  const total = changes.reduce((sum, one) => sum + one, 0);
  const { length } = withoutSeparators(name);
  return isLongMix || (length >= 10 && total >= 4 && total * 5 >= length);
}

/** How often a word changes between small letters, capitals and digits; a capital before a small letter begins a word. */
function changesIn(word: string): number {
  const kinds = word
    .replace(/[A-Z](?=[a-z])|[a-z]/g, 'a')
    .replace(/[A-Z]/g, 'A')
    .replace(/\d/g, '0');
  return kinds.match(/(?<=a)[A0]|(?<=A)[a0]|(?<=0)[aA]/g)?.length ?? 0;
}

const withoutSeparators = (name: string): string => name.replace(/[^A-Za-z\d]+/g, '');
