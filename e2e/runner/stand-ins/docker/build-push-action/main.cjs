const { appendFileSync } = require('node:fs');

const { INPUT_TAGS, GITHUB_OUTPUT } = process.env;
const tags = INPUT_TAGS.trim().split(/[\s,]+/);
const [, host, name, tag] = /^([^/]+)\/(.+):([^:]+)$/.exec(tags[0]);

async function build() {
  const response = await fetch(`http://${host}/v2/${name}/manifests/${tag}`);
  const digest = response.headers.get('docker-content-digest');
  if (!digest) throw new Error(`the registry has no ${tags[0]}`);
  const metadata = { 'image.name': tags.join(','), 'containerimage.digest': digest };
  appendFileSync(GITHUB_OUTPUT, `digest=${digest}\nmetadata=${JSON.stringify(metadata)}\n`);
}
void build();
