import { expect, test } from 'vitest';
import { endpointOf } from '../../src/registry/endpoint.ts';

test.each([
  ['nginx', 'docker.io', 'https://registry-1.docker.io', 'library/nginx'],
  ['index.docker.io/acme/web', 'docker.io', 'https://registry-1.docker.io', 'acme/web'],
  ['ghcr.io/acme/web', 'ghcr.io', 'https://ghcr.io', 'acme/web'],
  ['Registry.Example:8443/web', 'registry.example:8443', 'https://registry.example:8443', 'web'],
  ['localhost:5000/web', 'localhost:5000', 'http://localhost:5000', 'web'],
  ['127.1.2.3:80/web', '127.1.2.3:80', 'http://127.1.2.3:80', 'web'],
  ['[::1]:5000/web', '[::1]:5000', 'http://[::1]:5000', 'web'],
  ['127.0.0.1.example/web', '127.0.0.1.example', 'https://127.0.0.1.example', 'web'],
  ['localhost.example/web', 'localhost.example', 'https://localhost.example', 'web'],
])('%s', (name, registry, origin, repository) => {
  expect(endpointOf(name)).toEqual({ registry, origin, repository });
});
