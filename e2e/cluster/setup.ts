/** One cluster and one Gitea for all test files. */
import type { TestProject } from 'vitest/node';
import { setup as setUpGitea } from '../gitea/setup.ts';
import { apiServer } from './build.mjs';
import { hasEtcd, startCluster, type ClusterAddress } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: ClusterAddress;
  }
}

export async function setup(project: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  if (!(await apiServer.isBuilt())) {
    throw new Error('there is no Kubernetes API server here: `node e2e/cluster/build.mjs` builds it, with Go');
  }
  if (!(await hasEtcd())) throw new Error('there is no etcd here: it is in Debian’s etcd-server');
  const { stop, ...cluster } = await startCluster();
  try {
    project.provide('cluster', cluster);
    const stopGitea = await setUpGitea(project);
    return async () => {
      await stopGitea();
      await stop();
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
