/** Many environments: the status of three thousand, and one version into a hundred against one. */
import type { Files } from '../sandbox/sandbox.ts';
import { runAction } from './action-run.ts';
import { inTurn, type Bench } from './bench.ts';

const APPS = 1000;
const STAGES = ['development', 'staging', 'production'];
const CUSTOMERS = 100;
const CONFIG = '.github/manifest-release.yaml';

export interface Environments {
  readonly environments: number;
  /** Seconds. */
  readonly status: readonly number[];
  /** How many environments one version is released into. */
  readonly releases: number;
  readonly one: readonly number[];
  readonly many: readonly number[];
}

export async function measureEnvironments(bench: Bench): Promise<Environments> {
  const { sandbox } = bench;
  const apps = await sandbox.createRepository('acme/apps', appsOfStages());
  const customers = await sandbox.createRepository('acme/customers', oneAppOfCustomers());
  let copies = 0;
  const release = async (environments: readonly string[]): Promise<number> => {
    copies += 1;
    const name = `acme/customers-${copies}`;
    const repository = await sandbox.createRepository(name, {}, { copyOf: customers.gitDir });
    const inputs = { app: 'web', version: '1.4.2', environments: environments.join('\n') };
    const { wall } = await runAction(bench, repository.fullName, inputs);
    const open = (await repository.pullRequests.all()).filter(({ state }) => state === 'open');
    if (open.length !== environments.length) throw new Error(`${open.length} pull requests are open`);
    return wall;
  };
  const names = Array.from({ length: CUSTOMERS }, (_, index) => customer(index));
  const measured = await inTurn(bench, {
    status: async () => (await runAction(bench, apps.fullName, { mode: 'status' })).wall,
    one: () => release(names.slice(0, 1)),
    many: () => release(names),
  });
  return { environments: APPS * STAGES.length, releases: CUSTOMERS, ...measured };
}

/** Each app in each stage, by one wildcard entry. */
function appsOfStages(): Files {
  const paths = STAGES.map((stage) => `      ${stage}: { paths: ['apps/{{ app }}/${stage}'] }\n`).join('');
  const files = Array.from({ length: APPS }, (_, index) => `app-${index}`).flatMap((app) =>
    STAGES.map((stage): [string, string] => [
      `apps/${app}/${stage}/kustomization.yaml`,
      `resources: [../base]\nimages:\n  - name: ghcr.io/acme/${app}\n    newTag: 1.4.1\n`,
    ]),
  );
  return {
    [CONFIG]: `apps:\n  "*":\n    images: ['ghcr.io/acme/{{ app }}']\n    environments:\n${paths}`,
    ...Object.fromEntries(files),
  };
}

const customer = (index: number): string => `customer-${index}`;

function oneAppOfCustomers(): Files {
  const names = Array.from({ length: CUSTOMERS }, (_, index) => customer(index));
  const environments = names.map((name) => `      ${name}: { paths: ['${name}'] }\n`).join('');
  return {
    [CONFIG]: `apps:\n  web:\n    images: [ghcr.io/acme/web]\n    environments:\n${environments}`,
    ...Object.fromEntries(names.map((name) => [`${name}/web.yaml`, 'image: ghcr.io/acme/web:1.4.1\n'])),
  };
}
