const { cpSync, existsSync, rmSync, statSync } = require('node:fs');
const { basename, join } = require('node:path');

const { INPUT_NAME, INPUT_PATH, INPUT_OVERWRITE, STAND_IN_ARTIFACTS } = process.env;
const folder = join(STAND_IN_ARTIFACTS, INPUT_NAME);
if (existsSync(folder) && INPUT_OVERWRITE !== 'true') throw new Error(`there is an artifact ${INPUT_NAME} already`);
rmSync(folder, { recursive: true, force: true });
if (existsSync(INPUT_PATH)) {
  const isFolder = statSync(INPUT_PATH).isDirectory();
  cpSync(INPUT_PATH, isFolder ? folder : join(folder, basename(INPUT_PATH)), { recursive: true });
} else if (process.env['INPUT_IF-NO-FILES-FOUND'] === 'error') {
  throw new Error(`${INPUT_PATH} is not there`);
}
