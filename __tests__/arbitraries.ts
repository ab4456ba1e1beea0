/** Random references and manifests for the property tests. */
import fc from 'fast-check';
import type { ImageReference } from '../src/image.ts';

export const tag: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/),
  fc.stringMatching(/^[0-9_][0-9_.xXobBeE-]{0,9}$/),
  fc.stringMatching(/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$/),
  fc.constantFrom(
    'null',
    'Null',
    'TRUE',
    'false',
    'yes',
    'No',
    'ON',
    'off',
    'y',
    'N',
    'nan',
    'inf',
    '1e5',
    '0o7',
    '1_0',
  ),
);

export const digest: fc.Arbitrary<string> = fc.stringMatching(/^sha256:[0-9a-f]{64}$/);

const word = fc.stringMatching(/^[a-z0-9]{1,6}(?:(?:\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}$/);
const registry = fc.constantFrom(
  'ghcr.io',
  'docker.io',
  'registry.example.com:5000',
  'localhost',
  '[2001:db8::1]:5000',
  'GHCR.io',
);

export const name: fc.Arbitrary<string> = fc
  .tuple(fc.option(registry, { nil: undefined }), fc.array(word, { minLength: 1, maxLength: 3 }))
  .map(([host, path]) => [...(host === undefined ? [] : [host]), ...path].join('/'));

export const reference: fc.Arbitrary<ImageReference> = fc.record({ name, tag, digest }, { requiredKeys: ['name'] });

/** The images of the random manifests; the release is always of the first. */
export const IMAGES = ['ghcr.io/acme/web', 'ghcr.io/acme/web-ui', 'nginx', 'docker.io/library/nginx'] as const;

const image = fc.constantFrom(...IMAGES);
const version = fc.constantFrom(
  '1.4.2',
  'latest',
  '1.10',
  '"1.10"',
  "'v1'",
  '007',
  '${TAG}',
  '""',
  '~',
  '',
  '[]',
  '{{ x }}',
);
const indent = fc.constantFrom('  ', '    ');
const comment = fc.constantFrom('', ' # ghcr.io/acme/web:1.4.2', '   #', ' # 🚀');

const scalar = fc.oneof(
  fc.tuple(image, fc.constantFrom('', '"', "'")).map(([text, quote]) => `${quote}${text}:1.4.2${quote}`),
  fc.constantFrom(
    'a',
    'é 🚀',
    '!!str ghcr.io/acme/web:1',
    '&a ghcr.io/acme/web:1.4.2',
    '*a',
    'nginx:80',
    '"\\u0041"',
    "''",
  ),
);
const siteMap = fc
  .tuple(image, version, fc.boolean(), fc.constantFrom('repository', 'name'), fc.constantFrom('tag', 'newTag'))
  .map(([text, value, first, key, tagKey]) => {
    const entries = [`${key}: ${text}`, `${tagKey}: ${value}`];
    return first ? entries.toReversed() : entries;
  });
const flow = fc.oneof(
  siteMap.map((entries) => `{ ${entries.join(', ')} }`),
  fc
    .array(
      scalar.filter((text) => !text.startsWith('&')),
      { maxLength: 3 },
    )
    .map((items) => `[${items.join(', ')}]`),
);

/** One document: mostly sound YAML in many styles, now and then not. */
export const manifestText: fc.Arbitrary<string> = fc
  .record({
    head: fc.constantFrom('', 'kind: Kustomization', '# comment', '---', '%YAML 1.1\n---', '{{ if x }}', '\tx'),
    parts: fc.array(
      fc.tuple(
        fc.oneof(
          scalar,
          flow,
          siteMap,
          siteMap.map((entries) => [entries]),
        ),
        indent,
        comment,
      ),
      { minLength: 1, maxLength: 6 },
    ),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    bom: fc.boolean(),
    final: fc.boolean(),
  })
  .map(({ head, parts, lineEnd, bom, final }) => {
    const lines = parts.flatMap(([part, pad, note], index) => {
      const key = index === 0 ? 'images' : `k${index}`;
      if (typeof part === 'string') return [`${key}: ${part}${note}`];
      if (typeof part[0] === 'string') return [`${key}:${note}`, ...(part as string[]).map((line) => pad + line)];
      const [first = '', ...others] = (part as string[][])[0] ?? [];
      return [`${key}:`, `${pad}- ${first}${note}`, ...others.map((line) => `${pad}  ${line}`)];
    });
    const text = [...(head === '' ? [] : [head]), ...lines].join('\n') + (final ? '\n' : '');
    return (bom ? '\ufeff' : '') + text.replaceAll('\n', lineEnd);
  });
