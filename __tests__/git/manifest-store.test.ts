import { beforeEach } from 'vitest';
import { eachWithClones, type Clones } from './clones.ts';
import { MemoryRepository } from './memory-store.ts';
import { CONTRACT_FILES, storeContract, type Origin } from './store-contract.ts';

const clones = eachWithClones(CONTRACT_FILES);
let memory: MemoryRepository;

beforeEach(() => {
  memory = new MemoryRepository(CONTRACT_FILES);
});

function served({ origin, clone }: Clones): Origin {
  return {
    open: (base = '') => clone({ base }),
    commit: (...given) => origin.commit(...given),
    tip: (branch) => origin.tip(branch),
    read: (branch, path) => origin.read(branch, path),
    deleteBranch: (branch) => origin.deleteBranch(branch),
    protect: (branch) => origin.protect(branch),
  };
}

storeContract('a clone', () => served(clones()));

storeContract('memory', () => ({
  open: (base) => memory.open(base),
  commit: (...given) => memory.commit(...given),
  tip: (branch) => memory.tip(branch),
  read: (branch, path) => memory.read(branch, path),
  deleteBranch: (branch) => memory.deleteBranch(branch),
  protect: (branch) => memory.protect(branch),
}));
