import { describe, expect, it } from 'vitest';
import { isComment, isUsed, namesImage } from '../../../src/manifests/conventions/surroundings.ts';

/** A text with `%` in place of the reference. */
const around = (text: string, path = 'data.text'): boolean => {
  const [before = '', after = ''] = text.split('%');
  return isUsed({ before, after, path });
};

describe('a reference is used', () => {
  it.each([
    '--image=%',
    '--image % --verbose now',
    '-i % and so on',
    'IMAGE=% ./run me',
    'export IMAGE="%" and more',
    'image = % is it',
    'see IMAGE: % here',
    '{"image":"%","name":"web"}',
    '{\\"name\\": \\"a b\\", \\"other\\": \\"%\\"}',
    '[{image: web}, %]',
    'web=%,api=x:1',
    'one,% and two',
    'a|%|b',
    'docker run -d %',
    'docker run -d % serve all',
    'docker run \\\n  --rm \\\n  % serve all',
    'sudo docker pull % && echo done',
    'if ! podman pull %; then exit 1; fi',
    'true && /usr/bin/docker run -d --name web % serve',
    'ExecStart=/usr/bin/podman run --rm % serve',
    'sh -c "docker run % serve"',
    'X=$(crane digest %)',
    'OUT=`skopeo inspect %` next',
    'A=1 B="2" docker run %',
    'FROM % AS build',
    'COPY --from=% /a /b',
    'run: docker run % serve',
    '- nerdctl run % serve',
    'kubectl set image deployment/web web=% now',
    'kubectl run web % now',
    '${IMAGE:-%}',
    '${IMAGE-%} is it',
    'image: ${A:-${B:-%}}',
    'use docker://% in it',
    "echo '%' and more",
    '{{ default "%" .Values.image }}',
    '%',
    ' % ',
    '- %',
    'web: %',
    '"web": % x/y:1',
    '% x/y:1; z/a:2',
    '%, x/y:1',
    '% --port 8080',
    'sudo -E /usr/bin/docker run % serve',
    'cat list | xargs trivy image % again',
    'for image in % x; do docker pull it; done',
    'echo "image=%" >>"$OUTPUT"',
    'echo about it; docker pull % again',
    'echo we have $(crane digest % now)',
  ])('%s', (text) => {
    expect(around(text)).toBe(true);
  });

  it.each([
    'spec.command[2]',
    'args[0]',
    'spec.runImages[0]',
    'runcmd[1]',
    'job.script',
    'steps[0].run',
    'data["a.sh"]',
  ])('in a text at %s', (path) => {
    expect(around('wait for % to be there', path)).toBe(true);
  });
});

describe('a sentence is about a reference', () => {
  it.each([
    'version % had a leak',
    'This runs %.',
    'Use docker for % please',
    'Needs (%) or better',
    'It is `%`',
    'See %, please',
    '% had a leak',
    'We went back to %; sorry',
    'The image % is broken',
    'the last one: %, as far as is known',
    'a - % had a leak',
    "we don't run % today",
    'leak [%]',
    'версия % с утечкой',
    'docker run %. Then it goes on',
    'docker run %: it goes on',
    'description: "%"',
    '  - why: docker run %',
    '{"id": "x", "why": "%"}',
    'echo "deploys % now"',
    'set -e; echo deploys %',
  ])('%s', (text) => {
    expect(around(text)).toBe(false);
  });

  it.each(['metadata.annotations.description', 'spec.reason', 'message', 'overrun', 'imagery', 'data["a.md"]'])(
    'at %s',
    (path) => {
      expect(around('version % had a leak', path)).toBe(false);
    },
  );
});

describe('what is told to people is a sentence, whatever is around the reference', () => {
  it.each(['description', 'spec.releaseNotes', 'message', 'annotations["example.com/why"]', 'data["README.md"]'])(
    'at %s',
    (path) => {
      expect(around('docker run --image=% now', path)).toBe(false);
    },
  );

  it('where a script shows it', () => {
    expect(around('echo "deploys % now"', 'steps[0].script')).toBe(false);
    expect(around('echo % >>images.txt', 'steps[0].script')).toBe(true);
  });
});

describe('a reference is in a comment', () => {
  const isBehindMark = (before: string): boolean => isComment({ before, after: '', path: 'data.text' });

  it.each([
    '# run ',
    'run x # not ',
    '// run ',
    'run x // not ',
    '-- run ',
    '; run ',
    'REM run ',
    '/* run ',
    '# a \\\n# ',
  ])('%s', (before) => {
    expect(isBehindMark(before)).toBe(true);
  });

  it.each(['run "a # b" ', 'run a#b ', 'docker://', 'run \\\n  ', 'run --flag ', 'a ; '])('not: %s', (before) => {
    expect(isBehindMark(before)).toBe(false);
  });
});

describe('a name without a slash is of an image', () => {
  const isName = (before: string, path = 'data.text'): boolean => namesImage({ before, after: '', path });

  it.each(['IMAGE=', '--image ', 'image: "', 'webImage = ', '${IMAGE:-', 'FROM ', 'docker pull '])(
    'behind %s',
    (before) => {
      expect(isName(before)).toBe(true);
    },
  );

  it('at a path that ends with its key', () => {
    expect([isName('x ', 'spec.image'), isName('x ', 'images'), isName('x ', 'imageArgs[0]')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each(['docker run --link ', '--from=', 'wait-for ', '--image-proxy='])('not behind %s', (before) => {
    expect(isName(before)).toBe(false);
  });
});
