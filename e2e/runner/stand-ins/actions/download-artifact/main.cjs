const { cpSync, existsSync, mkdirSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const { INPUT_NAME, INPUT_PATTERN, INPUT_PATH, STAND_IN_ARTIFACTS } = process.env;
const isMerged = process.env['INPUT_MERGE-MULTIPLE'] === 'true';
const names = existsSync(STAND_IN_ARTIFACTS) ? readdirSync(STAND_IN_ARTIFACTS) : [];
const [literal, ...others] = (INPUT_PATTERN || '*').split('*').map((part) => part.replace(/[^\w-]/g, '\\$&'));
const pattern = new RegExp(`^${[literal, ...others].join('.*')}$`);
const wanted = INPUT_NAME ? names.filter((name) => name === INPUT_NAME) : names.filter((name) => pattern.test(name));
if (INPUT_NAME && wanted.length === 0) throw new Error(`there is no artifact ${INPUT_NAME}`);
mkdirSync(INPUT_PATH, { recursive: true });
for (const name of wanted) {
  const to = INPUT_NAME || isMerged ? INPUT_PATH : join(INPUT_PATH, name);
  cpSync(join(STAND_IN_ARTIFACTS, name), to, { recursive: true });
}
