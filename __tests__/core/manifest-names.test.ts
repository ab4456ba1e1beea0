import { expect, it } from 'vitest';
import { isManifestName } from '../../src/core/manifest-names.ts';

const MANIFESTS = `
  a.yaml a.yml a.YML a.json dir/Kustomization Kptfile
  values.yaml.gotmpl values.yaml.tplt values.yaml.tpl values.yaml.tmpl app.yml.j2 app.yaml.jinja app.yaml.jinja2
  app.yaml.tftpl app.yaml.erb app.json.tmpl app.yaml.template kustomization.yaml.tmpl
`;
const OTHERS = `
  README.md _helpers.tpl nginx.conf.j2 main.tf.tmpl Dockerfile.template MyKustomization a.yamlx yaml
  values.yaml.dist values.yaml.example values.yaml.bak values.yaml.sample values.yaml~ a.jsonnet
`;
const names = (list: string): string[] => list.trim().split(/\s+/);

it.each(names(MANIFESTS))('%s is a manifest', (name) => {
  expect(isManifestName(name)).toBe(true);
});

it.each(names(OTHERS))('%s is none', (name) => {
  expect(isManifestName(name)).toBe(false);
});
