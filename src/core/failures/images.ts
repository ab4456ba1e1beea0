/** Failures of released images: what their registries say of them, and who built them. */
import { oneLine, quote } from '../escape.ts';
import { clause, define } from './define.ts';

const NOTHING = 'Nothing was written.';

export const imageFailures = {
  IMAGE_ABSENT: define('yours', ({ image }: { image: string }) => ({
    message: `Image ${quote(image)} is not in its registry.`,
    hint: `${NOTHING} Push it before it is released, or correct its name or version.`,
  })),
  DIGEST_MISMATCH: define('yours', ({ image, digest }: { image: string; digest: string }) => ({
    message: `Image ${quote(image)} has another digest than its tag, which has ${oneLine(digest)} in the registry.`,
    hint: `${NOTHING} Give the digest of that very build; when the tag was moved since, release its digest without the tag.`,
  })),
  PLATFORM_ABSENT: define(
    'yours',
    ({ image, platform, platforms }: { image: string; platform: string; platforms: readonly string[] }) => ({
      message: `Image ${quote(image)} is not for ${quote(platform)}, but for ${oneLine(platforms.join(', ')) || 'no platform'}.`,
      hint: `${NOTHING} Build it for all platforms of the setting "platforms".`,
    }),
  ),
  REGISTRY_UNREADABLE: define(
    'yours',
    ({ image, input, reason }: { image: string; input: string; reason: string }) => ({
      message: `Image ${quote(image)} could not be read, which the setting ${quote(input)} needs: ${clause(reason)}.`,
      hint: `${NOTHING} Run it again when the registry answers. A private registry is read with the login of docker: log in before this step.`,
    }),
  ),
  IMAGE_UNSIGNED: define('yours', ({ image, digest }: { image: string; digest: string }) => ({
    message: `Image ${quote(image)} (${oneLine(digest)}) has no attestation and no signature.`,
    hint: `${NOTHING} Let its build attest or sign this digest before it is released.`,
  })),
  SIGNER_WRONG: define(
    'yours',
    ({ image, digest, reasons }: { image: string; digest: string; reasons: readonly string[] }) => ({
      message: `Image ${quote(image)} (${oneLine(digest)}) is not proved to be of the wanted signer: ${clause(reasons.join('; '))}.`,
      hint: `${NOTHING} Correct the settings "verify" and "signer", or do not release it.`,
    }),
  ),
};
