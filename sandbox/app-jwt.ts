/** The token that a GitHub App signs with its private key to say who it is. */
import { verify, type KeyObject } from 'node:crypto';
import { isRecord, textOrNull } from './github-operation.ts';
import type { Json } from './github-repository.ts';

/** Why GitHub does not take a token for an App's. */
export class JwtProblem extends Error {
  readonly status: 401 | 404;

  constructor(status: 401 | 404, message: string) {
    super(message);
    this.status = status;
  }
}

/** Seconds that GitHub lets such a token be good, and that a clock may be wrong. */
const LONGEST = 600;
const SKEW = 60;

/** Who signed the token, a client id or the number of an App. Throws JwtProblem when it was nobody known, or not now. */
export function issuerOf(token: string, keyOf: (issuer: string) => KeyObject | undefined, now: number): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const [head, claims] = [decoded(header), decoded(payload)];
  if (head?.['alg'] !== 'RS256' || claims === undefined) throw undecodable();
  const { iss } = claims;
  // GitHub takes the App's number as a number too.
  const issuer = typeof iss === 'number' ? String(iss) : textOrNull(iss);
  if (issuer === null) throw new JwtProblem(401, "Missing 'issuer' claim ('iss') in assertion");
  const key = keyOf(issuer);
  if (key === undefined) throw new JwtProblem(404, 'Integration not found');
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) throw undecodable();
  checkTimes(claims, Math.floor(now / 1000));
  return issuer;
}

function checkTimes({ iat, exp }: Json, now: number): void {
  if (typeof iat !== 'number' || iat > now + SKEW) {
    const rule = 'must be an Integer representing the time that the assertion was issued';
    throw new JwtProblem(401, `'Issued at' claim ('iat') ${rule}`);
  }
  if (typeof exp !== 'number' || exp <= now) {
    const rule = 'must be a numeric value representing the future time at which the assertion expires';
    throw new JwtProblem(401, `'Expiration time' claim ('exp') ${rule}`);
  }
  if (exp > now + LONGEST + SKEW) {
    throw new JwtProblem(401, "'Expiration time' claim ('exp') is too far in the future");
  }
}

function undecodable(): JwtProblem {
  return new JwtProblem(401, 'A JSON web token could not be decoded');
}

function decoded(part: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
