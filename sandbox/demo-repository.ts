/** The manifest repository of the demo: one service in the three ways that most teams write its version down. */
import type { Files } from './commit-stream.ts';

/** Paths and texts; `ghcr.io/acme/web` is at 1.4.1 everywhere, beside images that a release of it leaves alone. */
export const demoRepository = {
  'README.md': `# Manifests of Acme

What runs in our clusters. The pull agent deploys whatever is on \`main\`; nobody edits a tag by hand.

| folder | environment | written as |
| --- | --- | --- |
| \`apps/web\` | development | a plain Deployment |
| \`kustomize/overlays\` | staging, production | a Kustomize base with an overlay for each |
| \`charts/web\` | preview | values of a Helm chart |
`,
  'apps/web/deployment.yaml': `# The web shop. Questions: #team-web
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app: web, team: shop }
spec:
  replicas: 2
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: ghcr.io/acme/web:1.4.1   # released by CI
          ports:
            - containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: "info"

        # Ships the logs. Not ours: goes its own way.
        - name: log-shipper
          image: docker.io/fluent/fluent-bit:3.1.4
          resources:
            limits: { memory: 64Mi }
`,
  'apps/web/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: 8080
`,
  'kustomize/base/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - deployment.yaml
`,
  'kustomize/base/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: web # the overlays say which
`,
  'kustomize/overlays/staging/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: staging
resources:
  - ../../base
images:
  - name: web
    newName: ghcr.io/acme/web
    newTag: 1.4.1
`,
  'kustomize/overlays/production/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: production
resources:
  - ../../base
replicas:
  - name: web
    count: 6
images:
  - name: web
    newName: ghcr.io/acme/web
    newTag: "1.4.1" # only a release pull request changes this
`,
  'charts/web/values.yaml': `# Values of the chart "web".
image:
  registry: ghcr.io
  repository: acme/web
  tag: 1.4.1
  pullPolicy: IfNotPresent

metrics:
  image:
    registry: quay.io
    repository: prometheus/statsd-exporter
    tag: v0.27.1

ingress:
  enabled: true
  host: preview.acme.example
`,
} as const satisfies Files;

/** What is added for the second act: where the service goes, and how. */
export const demoConfig = {
  '.github/manifest-release.yaml': `apps:
  web:
    images: [ghcr.io/acme/web]
    environments:
      development: { paths: [apps/web], delivery: push }
      staging:     { paths: [kustomize/overlays/staging] }
      production:  { paths: [kustomize/overlays/production], after: staging }
`,
} as const satisfies Files;
