/** Private keys as OpenSSH takes them, looked at before a program is asked to use them. */

const MAGIC = 'openssh-key-v1\0';

/** The key with the line ends and the last line end that OpenSSH insists on. */
export function normalizeKey(text: string): string {
  return `${text.replaceAll('\r\n', '\n').trim()}\n`;
}

/** Why OpenSSH could not use a key without asking a question, as far as it can be seen; the end of a sentence. */
export function whyUnusable(key: string): string | undefined {
  const [, type, body = ''] = /^-----BEGIN ((?:[A-Z]+ )*)PRIVATE KEY-----\n(.*)^-----END /ms.exec(key) ?? [];
  if (/^(?:ssh|ecdsa|sk)-\S+ AAAA/.test(key)) return 'it is the public half of a key';
  if (type === undefined)
    return 'it is not lines between -----BEGIN … PRIVATE KEY----- and -----END … PRIVATE KEY-----';
  const isLocked =
    type === 'ENCRYPTED ' || body.includes('ENCRYPTED') || (type === 'OPENSSH ' && cipherOf(body) !== 'none');
  return isLocked ? 'it has a passphrase' : undefined;
}

/** The name of the cipher is the first field of OpenSSH's own format. */
function cipherOf(body: string): string {
  const bytes = Buffer.from(body, 'base64');
  const start = MAGIC.length;
  // What is in another format is for the program to explain.
  if (bytes.toString('latin1', 0, start) !== MAGIC || bytes.length < start + 4) return 'none';
  return bytes.toString('latin1', start + 4, start + 4 + bytes.readUInt32BE(start));
}
