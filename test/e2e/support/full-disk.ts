import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, type Machine, program } from '../../support/castkeys.ts';
import { start } from '../../support/program.ts';

/** A mount namespace of its own, in which a small file system can be mounted without asking anybody. */
const namespace = ['unshare', '--map-current-user', '--keep-caps', '--mount'] as const;

/** The machine's home on a small disk, filled to the brim; `$1` is where. Says so on stderr where a write changed anything. */
const fill = `
mount -t tmpfs -o size=256k,mode=700 tmpfs "$1"
rm -rf "$CASTKEYS_HOME/state/compiled"
cp -a "$CASTKEYS_HOME/." "$1"
dd if=/dev/zero of="$1/ballast" bs=4k 2>/dev/null
# Room for the lock, and for nothing more: the settings themselves must fail.
truncate -s -4096 "$1/ballast"
before=$CASTKEYS_HOME; export CASTKEYS_HOME=$1; shift
"$@"; code=$?
cmp "$before/config.json" "$CASTKEYS_HOME/config.json" >&2 || echo 'the settings changed' >&2
ls "$CASTKEYS_HOME" | grep -vx -e ballast -e config.json -e state >&2
exit $code`;

/** Where no such disk can be had: no file may grow beyond nothing. Less than a full disk, since the lock fails already. */
const limit = 'shift; ulimit -f 0; exec "$@"';

/** Runs castkeys with a copy of the machine's home on a disk that takes no more. */
export function onFullDisk(
  machine: Machine,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const disk = join(machine.directory, 'full-disk');
  mkdirSync(disk, { recursive: true });
  const [command, ...words] = canMount(disk) ? [...namespace, 'sh', '-c', fill] : ['sh', '-c', limit];
  return start(command ?? 'sh', [...words, 'sh', disk, process.execPath, program, ...args], {
    cwd: machine.project,
    env: { ...machine.env, ...env },
  }).ended;
}

function canMount(directory: string): boolean {
  const [command, ...words] = [...namespace, 'mount', '-t', 'tmpfs', 'tmpfs', directory];
  return spawnSync(command ?? '', words).status === 0;
}
