/** Random references and manifests for the property tests. */
import fc from 'fast-check';
import type { ImageReference } from '../../src/core/image-reference.ts';

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

/** What a planted text says of itself: a release of the first of `IMAGES` changes it, or leaves it alone. */
export const PLANTED = { must: '1.4.2-must', mustDigest: `sha256:${'a'.repeat(64)}`, never: '1.4.2-never' } as const;

const [WEB] = IMAGES;
const { must, mustDigest, never } = PLANTED;

/** A value: what stands behind its key or dash, and the lines below, indented from the column of key or dash. */
interface Piece {
  readonly head: string;
  readonly body: readonly string[];
}

const inline = (head: string): Piece => ({ head, body: [] });
const indented = (lines: readonly string[], pad: string): string[] =>
  lines.map((line) => (line === '' ? '' : pad + line));

const mustReference = fc.constantFrom(`${WEB}:${must}`, `${WEB}@${mustDigest}`, `${WEB}:${must}@${mustDigest}`);
const plainWord = fc.constantFrom(
  'a',
  'é 🚀',
  '1.10',
  '~',
  '""',
  "'it''s'",
  '"\\u0041 \\"x\\""',
  'nginx:80',
  '"{{ x }}"',
  '!!str 1',
);
const decoy = fc.constantFrom(
  `https://${WEB}:${never}`,
  `"\${R}/acme/web:${never}"`,
  `"x \${R}/${WEB}:${never}"`,
  `"--i=${WEB}:${never}-\${X}"`,
  `${WEB}-ui:${never}`,
  `--image=${WEB}-ui:${never}`,
  `/${WEB}:${never}`,
  `"x \\"\\n${WEB}:${never}"`,
  `version ${WEB}:${never} had a leak`,
  `'The (${WEB}:${never}) is old'`,
  never,
);
/** Values that are safe everywhere, also in flow collections. */
const flowLeaf = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(mustReference, fc.constantFrom('', '"', "'")).map(([text, quote]) => quote + text + quote),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('--image=', 'docker://', 'run -i ', 'web='), mustReference, fc.constantFrom('', '"', "'"))
      .map(([before, text, quote]) => quote + before + text + quote),
  },
  fc.tuple(mustReference, mustReference).map(([one, other]) => `"docker run ${one} --x=${other}, \\"${one}\\" "`),
  mustReference.map((text) => `'{"image":"${text}"}'`),
  plainWord,
  decoy,
);
const blockLeaf: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 6, arbitrary: flowLeaf.map(inline) },
  fc.constant(inline('')),
  mustReference.map((text) => ({ head: 'run', body: [`  --image=${text}`, '  now'] })),
  mustReference.map((text) => ({ head: '"docker run', body: [`   ${text}`, '  now"'] })),
  mustReference.map((text) => ({ head: '', body: [`  ${text}`] })),
  fc.tuple(mustReference, fc.constantFrom('|-', '>-')).map(([text, head]) => ({ head, body: [`  ${text}`] })),
  fc
    .tuple(mustReference, fc.constantFrom('|-', '>-'))
    .map(([text, head]) => ({ head, body: [`   docker run ${text} now`] })),
  mustReference.map((text) => ({ head: '>- # folded', body: ['  run', `  --i=${text}`, '  now'] })),
  fc.constantFrom('|', '|-', '>-\n', '|+').map((head) => ({
    head: head.trim(),
    body: [
      '  #!/bin/sh',
      `  # ${WEB}:${never}`,
      `  docker pull ${WEB}:${must} # ${WEB}:${never}`,
      `    echo image: ${WEB}:${must}`,
      `  echo we had ${WEB}:${never} before`,
      '  done',
    ].slice(head === '>-\n' ? 6 : 0),
  })),
  fc.constant({ head: '|', body: ['  {{ if x }}', `  image: ${WEB}:${must}`, '  {{ end }}'] }),
);

/** The keys of an image's parts: of `name`, `version` and `digest`. */
const NAMINGS = [
  ['repository', 'tag', 'digest'],
  ['repository', 'version', 'digest'],
  ['image', 'tag', 'digest'],
  ['image', 'version', 'digest'],
  ['image', 'imageTag', undefined],
  ['imageName', 'imageTag', undefined],
  ['webImage', 'webTag', undefined],
  ['webImage', 'webImageTag', undefined],
] as const;
const quoted = fc.constantFrom('', '"', "'");
const partsOfImage: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.constantFrom(...NAMINGS),
    fc.boolean(),
    fc.constantFrom('tag', 'digest', 'both', 'one'),
    quoted,
    fc.array(plainWord, { maxLength: 2 }),
  )
  .chain(([[nameKey, tagKey, digestKey], apart, form, quote, noise]) => {
    const versions =
      form === 'digest' && digestKey
        ? [`${digestKey}: ${quote}${mustDigest}${quote}`]
        : form === 'both' && digestKey
          ? [`${tagKey}: ${quote}${must}${quote}`, `${digestKey}: ${mustDigest}`]
          : [`${tagKey}: ${quote}${must}${form === 'one' ? `@${mustDigest}` : ''}${quote}`];
    const names =
      apart && digestKey ? ['registry: ghcr.io', `${nameKey}: acme/web`] : [`${nameKey}: ${quote}${WEB}${quote}`];
    return fc.shuffledSubarray([...names, ...versions, ...noise.map((value, index) => `n${index}: ${value}`)], {
      minLength: names.length + versions.length + noise.length,
    });
  });
const partsOfOther = fc.constantFrom(
  [`repository: ${WEB}-ui`, `tag: ${never}`],
  [`name: ${WEB}`, `tag: ${never}`],
  [`name: ${WEB}`, `version: ${never}`, `repository: oci://${WEB}`],
  [`repository: ${WEB}`, 'tag: ${TAG}'].map((line) => line.replace('${TAG}', '"${TAG}"')),
  [`tag: ${never}`],
);
const parts = fc.oneof({ weight: 3, arbitrary: partsOfImage }, partsOfOther);
const aliased = fc.constantFrom(
  ['<<: *map'],
  ['<<: [*map]', 'x: 1'],
  [`repository: ${WEB}`, 'tag: *tag'],
  ['x: *ref', 'y: *tag'],
);

const kustomizeEntry = fc
  .tuple(
    fc.constantFrom([`name: ${WEB}`], [`name: web`, `newName: ${WEB}`]),
    fc.constantFrom(
      [`newTag: ${must}`],
      [`newTag: "${must}"`],
      [`digest: ${mustDigest}`],
      [`newTag: ${must}`, `digest: ${mustDigest}`],
    ),
  )
  .chain(([names, versions]) =>
    fc.shuffledSubarray([...names, ...versions], { minLength: names.length + versions.length }),
  );
const argoEntry = fc
  .tuple(fc.constantFrom('', 'web=', `${WEB}=`), fc.constantFrom(`:${must}`, `@${mustDigest}`), quoted)
  .map(([before, version, quote]) => quote + before + WEB + version + quote);
const parameters = fc
  .tuple(fc.constantFrom('image.', '', 'a.b.'), quoted)
  .chain(([prefix, quote]) =>
    fc.shuffledSubarray(
      [
        `{name: ${prefix}repository, value: ${WEB}}`,
        `{value: ${quote}${must}${quote}, name: ${prefix}tag}`,
        '{name: x, value: y}',
      ],
      { minLength: 3 },
    ),
  );

const asItems = (items: readonly (readonly string[])[], flow: boolean): string[] =>
  items.flatMap((lines) =>
    flow ? [`- { ${lines.join(', ')} }`] : lines.map((line, index) => (index === 0 ? '- ' : '  ') + line),
  );

const json = fc
  .tuple(
    fc.array(
      fc.oneof(
        mustReference.map((image) => ({ image, list: [image, null, 1.5, 'a"b\\c/d'] })),
        fc.constant({ repository: WEB, tag: must }),
        fc.constant({ name: WEB, 'k: 1': { image: `${WEB}-ui:${never}` } }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    fc.constantFrom(undefined, 2, '\t'),
  )
  .map(([values, space]) => JSON.stringify({ image: values }, undefined, space).split('\n'));

const note = fc.constantFrom('', '', ` # ${WEB}:${never}`, '   #', ' # 🚀');
const between = fc.constantFrom([], [], [], [''], [`# ${WEB}:${never}`], ['', '# x', '']);
const keyStyle = fc.constantFrom('plain', 'plain', 'plain', 'double', 'single', 'explicit');

function entry(key: string, style: string, { head, body }: Piece, comment: string): string[] {
  const written = { plain: key, double: `"${key}"`, single: `'${key}'`, explicit: `? ${key}` }[style] ?? key;
  const lines = style === 'explicit' ? [written, ':'] : [`${written}:`];
  const value = head === '' ? '' : ` ${head}`;
  const behind = body.length === 0 ? comment : '';
  return [...lines.slice(0, -1), `${lines.at(-1)}${value}${behind}`, ...body];
}

/** Lines of a document, of which `depth` more may stand in blocks of text. */
const documentLines = (depth: number): fc.Arbitrary<string[]> =>
  fc.letrec<{ piece: Piece; map: string[]; list: string[]; flow: string }>((tie) => ({
    flow: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      flowLeaf,
      parts.map((lines) => `{ ${lines.join(', ')} }`),
      fc.array(tie('flow'), { maxLength: 3 }).map((items) => `[ ${items.join(', ')} ]`),
      fc
        .array(tie('flow'), { maxLength: 3 })
        .map((items) => `{ ${items.map((item, index) => `f${index}: ${item}`).join(', ')} }`),
    ),
    piece: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      blockLeaf,
      tie('flow').map(inline),
      parts.map((lines) => ({ head: '', body: indented(lines, '  ') })),
      parts.map((lines) => ({ head: `{ ${lines[0] ?? ''},`, body: [`   ${lines.slice(1).join(', ')} # x`, '  }'] })),
      fc.array(argoEntry, { minLength: 1, maxLength: 3 }).map((items) => ({
        head: '',
        body: ['  kustomize:', '    images:', ...items.map((item) => `      - ${item}`)],
      })),
      parameters.map((items) => ({ head: '', body: ['  parameters:', ...items.map((item) => `    - ${item}`)] })),
      fc
        .tuple(tie('map'), fc.constantFrom(' ', '  ', '    '))
        .map(([lines, pad]) => ({ head: '', body: indented(lines, pad) })),
      fc
        .tuple(tie('list'), fc.constantFrom(' ', '  ', '    '))
        .map(([lines, pad]) => ({ head: '', body: indented(lines, pad) })),
      ...(depth === 0 ? [] : [blockOf(depth), blockOf(depth)]),
    ),
    map: fc
      .array(fc.tuple(tie('piece'), keyStyle, note, between), { minLength: 1, maxLength: 3 })
      .map((entries) =>
        entries.flatMap(([piece, style, comment, lines], index) => [
          ...(index === 0 ? [] : lines),
          ...entry(`k${index}`, style, piece, comment),
        ]),
      ),
    list: fc.array(fc.oneof(tie('piece'), tie('map')), { minLength: 1, maxLength: 3 }).map((items) =>
      items.flatMap((item) => {
        if ('head' in item) return [`-${item.head === '' ? '' : ` ${item.head}`}`, ...item.body];
        return item.map((line, index) => (index === 0 ? `- ${line}` : line === '' ? '' : `  ${line}`));
      }),
    ),
  })).map;

/** A block of text that holds documents. */
function blockOf(depth: number): fc.Arbitrary<Piece> {
  const documents = fc
    .array(anyDocument(depth - 1), { minLength: 1, maxLength: 2 })
    .map((all) => all.flatMap((lines, index) => (index === 0 ? lines : ['---', ...lines])));
  const literal = fc
    .tuple(fc.oneof(documents, json), fc.constantFrom('', '-', '+'), fc.integer({ min: 1, max: 4 }), fc.boolean())
    .map(([lines, chomp, width, explicit]) => ({
      head: `|${explicit ? width : ''}${chomp}`,
      body: indented(lines, ' '.repeat(width)),
    }));
  const folded = json.map((lines) => ({ head: '>-', body: indented(lines, '  ') }));
  return fc.oneof({ weight: 4, arbitrary: literal }, folded);
}

/** Any document, as lines. */
function anyDocument(depth: number): fc.Arbitrary<string[]> {
  const kustomization = fc
    .tuple(fc.array(kustomizeEntry, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([entries, flow]) => ['kind: Kustomization', 'images:', ...asItems(entries, flow)]);
  const withAliases = fc
    .tuple(documentLines(0), fc.array(aliased, { minLength: 1, maxLength: 2 }))
    .map(([lines, maps]) => [
      `map: &map { repository: ${WEB}, tag: &tag ${must} }`,
      `ref: &ref "${WEB}:${must}"`,
      ...lines,
      ...maps.flatMap((map, index) => [`z${index}:`, ...indented(map, '  ')]),
      'last: *ref',
    ]);
  return fc.oneof({ weight: 4, arbitrary: documentLines(depth) }, kustomization, withAliases);
}

/** A file of sound documents in every style, in which sites of all conventions are planted. */
export const plantedText: fc.Arbitrary<string> = fc
  .record({
    documents: fc.oneof(
      { weight: 9, arbitrary: fc.array(anyDocument(2), { minLength: 1, maxLength: 2 }) },
      json.map((lines) => [lines]),
    ),
    head: fc.constantFrom([], [], ['# comment'], ['---'], ['%YAML 1.1', '---']),
    end: fc.constantFrom('---', '...\n---', '--- # next'),
    lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
    bom: fc.boolean(),
    final: fc.boolean(),
  })
  .map(({ documents, head, end, lineEnd, bom, final }) => {
    const body = documents.map((lines) => lines.join('\n')).join(`\n${end}\n`);
    const text = [...head, body].join('\n') + (final ? '\n' : '');
    return (bom ? '\ufeff' : '') + text.replaceAll('\n', lineEnd);
  });

/** The same, damaged: some characters gone, others put in their place. */
export const damagedText: fc.Arbitrary<string> = fc
  .tuple(
    plantedText,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom(
          '',
          ' ',
          '\n',
          '\t',
          ':',
          '- ',
          '"',
          "'",
          '{',
          '}',
          '[',
          '&a ',
          '*a',
          '|',
          '#',
          '!',
          '? ',
          '\r',
          '\ufeff',
          '{{ x }}',
          '<<: ',
        ),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  )
  .map(([text, damages]) =>
    damages.reduce((damaged, [position, gone, put]) => {
      const at = position % (damaged.length + 1);
      return damaged.slice(0, at) + put + damaged.slice(at + gone);
    }, text),
  )
  // Half a pair of surrogates is no UTF-8.
  .map((text) => Buffer.from(text).toString());
