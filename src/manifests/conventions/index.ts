import { argoImages } from './argo-images.ts';
import { parameters } from './parameters.ts';
import { argument } from './argument.ts';
import type { Convention } from './convention.ts';
import { defaultTag } from './default-tag.ts';
import { explicitTarget } from './explicit-target.ts';
import { fluxSetters } from './flux-setters.ts';
import { helmValues } from './helm-values.ts';
import { kustomize } from './kustomize.ts';
import { marker } from './marker.ts';
import { objectVariables } from './object-variables.ts';
import { splitValues } from './split-values.ts';
import { wholeReference } from './whole-reference.ts';

/** The conventions, the most particular first: a scalar belongs to the first that finds a site in it. */
export const conventions: readonly Convention[] = [
  explicitTarget,
  kustomize,
  helmValues,
  parameters,
  splitValues,
  objectVariables,
  argoImages,
  wholeReference,
  defaultTag,
  marker,
  fluxSetters,
  argument,
];
