/** Three layouts of manifest repositories, as public examples of the tools have them, with one app more in each that nothing places. */
/** Text by path. */
type Layout = Readonly<Record<string, string>>;

const kustomization = (image: string, tag: string): string =>
  `resources: [../../base]\nimages:\n  - name: ${image}\n    newTag: ${tag}\n`;
const deployment = (name: string, ...images: string[]): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  template:\n    spec:\n      containers:\n${images
    .map((image, index) => `        - name: c${index}\n          image: ${image}\n`)
    .join('')}`;

/** A base and an overlay for each environment. */
const KUSTOMIZE: Layout = {
  'apps/web/base/deployment.yaml': deployment('web', 'ghcr.io/acme/web'),
  'apps/web/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'apps/web/overlays/development/kustomization.yaml': kustomization('ghcr.io/acme/web', '1.5.0'),
  'apps/web/overlays/staging/kustomization.yaml': kustomization('ghcr.io/acme/web', '1.4.2'),
  'apps/web/overlays/production/kustomization.yaml': kustomization('ghcr.io/acme/web', '1.4.1'),
  'apps/mail/deployment.yaml': deployment('mail', 'ghcr.io/acme/mail:3.0.0'),
  'infrastructure/production/cache.yaml': deployment('cache', 'docker.io/library/redis:7.2.0'),
};

const values = (tag: string): string => `image:\n  tag: ${tag}\nreplicas: 2\n`;

/** A chart, and values for each environment. */
const HELM: Layout = {
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
  'charts/shop/values.yaml': 'image:\n  repository: ghcr.io/acme/shop\n  tag: 2.0.0\n',
  'charts/shop/values-dev.yaml': values('2.1.0'),
  'charts/shop/values-stg.yaml': values('2.0.1'),
  'charts/shop/values-prod-eu.yaml': values('2.0.0'),
  'charts/shop/values-prod-us.yaml': values('2.0.0'),
  'odd/tags.yaml': 'worker:\n  image:\n    tag: 9.0.0\n',
};

const release = (tag: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: podinfo\nspec:\n  values:\n    image:\n      repository: ghcr.io/acme/podinfo\n      tag: ${tag}\n`;
const applicationSet = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: services
spec:
  generators:
    - git:
        repoURL: https://github.com/acme/manifests
        directories: [{ path: services/*/envs/* }]
  template:
    spec:
      source:
        path: '{{path}}'
`;

/** Clusters of Flux, and services of an ApplicationSet, in one repository. */
const MONOREPO: Layout = {
  'clusters/staging/apps.yaml':
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: apps\nspec:\n  path: ./apps/staging\n',
  'apps/staging/podinfo.yaml': release('6.5.0'),
  'apps/production/podinfo.yaml': release('6.4.0'),
  'argocd/services.yaml': applicationSet,
  ...Object.fromEntries(
    ['billing', 'catalog', 'orders', 'search'].flatMap((service) =>
      ['staging', 'production'].map((environment) => [
        `services/${service}/envs/${environment}/kustomization.yaml`,
        kustomization(`ghcr.io/acme/${service}`, '1.0.0'),
      ]),
    ),
  ),
};

export const LAYOUTS: Readonly<Record<string, Layout>> = {
  'kustomize-overlays': KUSTOMIZE,
  'helm-values': HELM,
  monorepo: MONOREPO,
};
