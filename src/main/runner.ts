/** The runner of GitHub Actions: the one file that writes to it. It takes nothing but safe texts. */
// One by one: with a value of the whole module its HTTP client would be loaded at the start.
import * as core from '@actions/core';
import type { SafeText } from '../core/secrets.ts';

export { endGroup, getInput, getState, isDebug } from '@actions/core';

export const info = (text: SafeText): void => core.info(text);
export const debug = (text: SafeText): void => core.debug(text);
export const warning = (text: SafeText, properties?: core.AnnotationProperties): void => core.warning(text, properties);
export const error = (text: SafeText, properties: core.AnnotationProperties): void => core.error(text, properties);
export const startGroup = (title: SafeText): void => core.startGroup(title);
/** JSON, or a text as it is. */
export const setOutput = (name: string, text: SafeText): void => core.setOutput(name, text);

export async function writeSummary(text: SafeText): Promise<void> {
  await core.summary.addRaw(text, true).write();
}

/** Tells the runner a secret, which it hides from then on. */
export const setSecret = (secret: string): void => core.setSecret(secret);

/** For the post step, in a file that this user alone reads: the token of an App is given back there. */
export const saveState = (name: string, value: string): void => core.saveState(name, value);
