const { appendFileSync } = require('node:fs');

const { INPUT_IMAGES, INPUT_TAGS, GITHUB_OUTPUT, GITHUB_REF, GITHUB_SHA } = process.env;
const version = /^refs\/tags\/v(\d.*)$/.exec(GITHUB_REF)?.[1];
const rules = { 'type=sha': `sha-${GITHUB_SHA.slice(0, 7)}`, 'type=semver,pattern={{version}}': version };
const tags = INPUT_TAGS.trim()
  .split('\n')
  .map((line) => line.trim())
  .flatMap((rule) => {
    if (!(rule in rules)) throw new Error(`the rule ${rule} is not known here`);
    return rules[rule] ?? [];
  })
  .map((tag) => `${INPUT_IMAGES}:${tag}`);
const labels = { 'org.opencontainers.image.revision': GITHUB_SHA };
const lines = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
appendFileSync(GITHUB_OUTPUT, `tags<<end\n${tags.join('\n')}\nend\nlabels<<end\n${lines.join('\n')}\nend\n`);
appendFileSync(GITHUB_OUTPUT, `json=${JSON.stringify({ tags, labels })}\n`);
