/**
 * The real Kubernetes API server of the tests: `node e2e/cluster/build.mjs [--if-there]`. It takes about fifteen CPU minutes and
 * 2.5 GB of memory.
 */
import { GoProgram } from '../build-go.mjs';

export const apiServer = new GoProgram({
  title: 'the Kubernetes API server',
  minutes: 15,
  folder: import.meta.dirname,
  module: 'k8s.io/kubernetes',
  package: 'k8s.io/kubernetes/cmd/kube-apiserver',
  flags: (version) => ['-ldflags', `-s -w -X k8s.io/component-base/version.gitVersion=${version}`],
});

if (process.argv[1] === import.meta.filename) await apiServer.runAsCommand();
