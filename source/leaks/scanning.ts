import { join, relative, sep } from 'node:path';
import { scanFile, scanFiles } from './files/scan-files.ts';
import type { Located } from './finding.ts';
import type { ReadObject } from './objects/batch-reader.ts';
import {
  isGitDirectory,
  nestedRepository,
  type Repository,
  submodulesOf,
  workTreesOf,
} from './repository/repository.ts';
import { type Push, scanPushed } from './repository/scan-pushed.ts';
import { scanRepository } from './repository/scan-repository.ts';
import { scanStaged } from './repository/scan-staged.ts';
import type { ScanRequest, ScanResult } from './scan-request.ts';

/** A scan under way: what was found, and how much was looked through. */
export class Scanning {
  readonly #request: ScanRequest;
  readonly #located: Located[] = [];
  readonly #unreadable: string[] = [];
  readonly #nested: string[] = [];
  #skipped = 0;
  #objects = 0;
  #files = 0;
  #bytes = 0;
  #total = 0;
  #hasHistory = false;

  constructor(request: ScanRequest) {
    this.#request = request;
  }

  get result(): ScanResult {
    return {
      located: this.#located,
      objects: this.#objects,
      files: this.#files,
      bytes: this.#bytes,
      skipped: this.#skipped,
      unreadable: this.#unreadable,
      hasHistory: this.#hasHistory,
      isInterrupted: this.#request.signal.aborted,
    };
  }

  async file(path: string): Promise<void> {
    const { cwd, signal } = this.#request;
    const recogniser = await this.#request.recogniser();
    const shared = { recogniser, signal, onFile: this.#onFile, shownFrom: cwd, where: 'file' } as const;
    this.#located.push(...(await scanFile({ ...shared, root: path })));
  }

  /** What lies about in a person's home directory, but for what is below `root`, which is looked through already. */
  async everywhere(userHome: string, root: string | undefined): Promise<void> {
    const { signal } = this.#request;
    const recogniser = await this.#request.recogniser();
    const { existingPlaces, usualPlaces } = await import('./files/usual-places.ts');
    const shared = { recogniser, signal, onFile: this.#onFile, where: 'file' } as const;
    for (const { path, kind } of existingPlaces(usualPlaces(userHome))) {
      if (signal.aborted) return;
      if (root !== undefined && `${path}${sep}`.startsWith(`${root}${sep}`)) continue;
      const found =
        kind === 'file'
          ? await scanFile({ ...shared, root: path })
          : (await scanFiles({ ...shared, root: path })).located;
      this.#located.push(...found);
    }
  }

  async staged({ place }: Repository): Promise<void> {
    this.#hasHistory = true;
    const recogniser = await this.#request.recogniser();
    this.#located.push(...(await scanStaged(place, recogniser, this.#onObject)));
  }

  async pushed(repository: Repository, push: Push): Promise<void> {
    this.#hasHistory = true;
    const recogniser = await this.#request.recogniser();
    this.#located.push(...(await scanPushed(repository, push, recogniser, this.#onObject)));
  }

  /** The work tree that the path is in, from the path on; and at its root all others of the repository. */
  async files(root: string, repository: Repository | undefined): Promise<void> {
    const { signal } = this.#request;
    // In a bare repository, and inside a git directory, all files are git's own.
    if (repository && repository.workTree === undefined) return;
    const own = repository?.workTree;
    const others = repository && own === root ? workTreesOf(repository).filter(tree => tree !== own) : [];
    const recogniser = await this.#request.recogniser();
    const shared = { recogniser, signal, onFile: this.#onFile, leaveOut: new Set(others) };
    const first = await scanFiles({
      ...shared,
      root,
      where: repository ? 'worktree' : 'file',
      shownFrom: own ?? root,
    });
    this.#located.push(...first.located);
    for (const other of others) {
      const { located } = await scanFiles({ ...shared, leaveOut: new Set(), root: other, where: 'worktree' });
      this.#located.push(...located);
    }
    const mine = own === undefined ? undefined : join(own, '.git');
    this.#nested.push(...first.nested.filter(path => path !== mine && isGitDirectory(path)));
  }

  async repositories(repository: Repository): Promise<void> {
    this.#hasHistory = true;
    await this.#repository(repository);
    const inside = [
      ...submodulesOf(repository),
      ...this.#nested.map(path => nestedRepository(path, repository)),
    ];
    for (const one of inside) {
      if (this.#request.signal.aborted) return;
      await this.#repository(one, relative(repository.commonDirectory, one.commonDirectory));
    }
  }

  async #repository(repository: Repository, name?: string): Promise<void> {
    const { located, skipped, unreadable } = await scanRepository({
      ...this.#request,
      repository,
      onCounted: total => {
        this.#total += total;
      },
      onObject: this.#onObject,
    });
    this.#skipped += skipped;
    this.#unreadable.push(...unreadable);
    this.#located.push(...located.map(one => (name === undefined ? one : { ...one, repository: name })));
  }

  readonly #onObject = ({ size }: ReadObject): void => {
    this.#objects += 1;
    this.#bytes += size;
    this.#tell();
  };

  readonly #onFile = (bytes: number): void => {
    this.#files += 1;
    this.#bytes += bytes;
    this.#tell();
  };

  #tell(): void {
    this.#request.onProgress?.({
      objects: this.#objects,
      files: this.#files,
      bytes: this.#bytes,
      ...(this.#total > 0 ? { total: this.#total } : {}),
    });
  }
}
