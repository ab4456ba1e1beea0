/** An application's folder of manifests as many companies have it: a Kustomize base and an overlay per environment. */
import { pick, type Random } from './random.ts';

/** The files of each application. */
export const FILES_OF_APPLICATION = 10;
/** A team's folder holds this many applications. */
const TEAM = 100;
const STAGES = ['development', 'staging', 'production'] as const;

export interface Application {
  readonly name: string;
  /** As the manifests spell it, without a tag. */
  readonly image: string;
  readonly folder: string;
  /** The one file that holds the version. */
  readonly versionFile: string;
}

export function application(index: number): Application {
  const name = `app-${String(index).padStart(5, '0')}`;
  const folder = `teams/team-${String(Math.floor(index / TEAM)).padStart(3, '0')}/${name}`;
  return { name, image: `ghcr.io/acme/${name}`, folder, versionFile: `${folder}/base/kustomization.yaml` };
}

/** All files of an application at a version: paths and texts. */
export function manifestsOf(app: Application, version: string, random: Random): [path: string, text: string][] {
  const { folder } = app;
  const base: [string, string][] = [
    [app.versionFile, versioned(app, version)],
    [`${folder}/base/configmap.yaml`, configMap(app, random)],
    [`${folder}/base/deployment.yaml`, deployment(app, random)],
    [`${folder}/base/service.yaml`, service(app)],
  ];
  const overlays = STAGES.flatMap((stage): [string, string][] => [
    [`${folder}/overlays/${stage}/kustomization.yaml`, overlay(app, stage)],
    [`${folder}/overlays/${stage}/resources.yaml`, resources(app, random)],
  ]);
  return [...base, ...overlays];
}

/** The file that holds the version, laid out as `kustomize edit` and `yq` print it, so that they change one line too. */
export function versioned({ image }: Application, version: string): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- configmap.yaml
- deployment.yaml
- service.yaml
images:
- name: ${image}
  newTag: ${version}
`;
}

function deployment({ name, image }: Application, random: Random): string {
  const port = 8000 + random(1000);
  const probe = `httpGet:
              path: /${pick(random, ['healthz', 'health', 'ready', 'status'])}
              port: http
            periodSeconds: ${pick(random, [5, 10, 15, 30])}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: ${pick(random, ['shop', 'billing', 'search', 'logistics', 'identity'])}
spec:
  replicas: ${1 + random(4)}
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
      annotations:
        checksum/config: ${hex(random, 64)}
    spec:
      serviceAccountName: ${name}
      containers:
        - name: ${name}
          image: ${image}
          ports:
            - name: http
              containerPort: ${port}
          envFrom:
            - configMapRef:
                name: ${name}
          env:
            - name: PORT
              value: "${port}"
            - name: DATABASE_HOST
              value: ${hex(random, 12)}.postgres.internal.acme.example
          resources:
            requests:
              cpu: ${50 * (1 + random(10))}m
              memory: ${64 * (1 + random(8))}Mi
          livenessProbe:
            ${probe}
          readinessProbe:
            ${probe}
        - name: log-shipper # goes its own way
          image: docker.io/fluent/fluent-bit:3.${random(3)}.${random(10)}
`;
}

function service({ name }: Application): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function configMap({ name }: Application, random: Random): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  LOG_LEVEL: ${pick(random, ['debug', 'info', 'warn'])}
  CACHE_SECONDS: "${random(3600)}"
  QUEUE_URL: https://queue.acme.example/${hex(random, 16)}/${name}
  FEATURE_FLAGS: ${pick(random, ['none', 'new-checkout', 'dark-mode', 'fast-search'])}
  TRACE_RATIO: "0.${random(100)}"
`;
}

function overlay({ name }: Application, stage: string): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${stage}
resources:
- ../../base
patches:
- path: resources.yaml
  target:
    kind: Deployment
    name: ${name}
`;
}

function resources({ name }: Application, random: Random): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${1 + random(12)}
  template:
    spec:
      containers:
        - name: ${name}
          resources:
            limits:
              memory: ${128 * (1 + random(16))}Mi
`;
}

function hex(random: Random, length: number): string {
  return Array.from({ length }, () => random(16).toString(16)).join('');
}
