import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { launchdFile } from '../../source/schedule/launchd.ts';
import { installTimer, timerFor } from '../../source/schedule/schedule.ts';
import { systemdFiles } from '../../source/schedule/systemd.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const odd = ['/opt/a b/node', '/x/100%/castkeys.cjs', 'rotate', '--due', '--yes'];
const environment = { CASTKEYS_HOME: '/home/ann/$keys "x"' };

it('a systemd unit quotes what systemd would read otherwise, and counts unfinished as a success', () => {
  const [service, timer] = systemdFiles('/home/ann/.config', odd, environment);
  expect(service?.path).toBe('/home/ann/.config/systemd/user/castkeys-rotate.service');
  expect(service?.content).toContain(
    'ExecStart="/opt/a b/node" "/x/100%%/castkeys.cjs" "rotate" "--due" "--yes"',
  );
  expect(service?.content).toContain('Environment="CASTKEYS_HOME=/home/ann/$$keys \\"x\\""');
  expect(service?.content).toContain('SuccessExitStatus=7');
  expect(timer?.content).toMatch(/OnCalendar=daily[\s\S]*Persistent=true/);
});

it('a launchd agent is well-formed XML', () => {
  const { path, content } = launchdFile('/Users/ann', [...odd, '<&>'], environment);
  expect(path).toBe('/Users/ann/Library/LaunchAgents/castkeys.rotate.plist');
  expect(content).toContain('<string>&lt;&amp;&gt;</string>');
  expect(content).not.toContain('"x"');
});

it('a cron line runs in a shell as it is meant, and is never installed behind somebody’s back', async () => {
  using directory = temporaryDirectory();
  const program = directory.at('an odd name.sh');
  writeFileSync(program, 'echo "$CASTKEYS_HOME|$*"', { mode: 0o755 });
  const timer = timerFor({
    env: { CASTKEYS_HOME: "/home/o'neil/100%" },
    platform: 'freebsd',
    node: '/bin/sh',
    program,
  });
  expect(timer).toMatchObject({ kind: 'cron', files: [] });
  const command = (timer.crontab ?? '').split(' ').slice(5).join(' ').replaceAll('\\%', '%');
  expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(
    "/home/o'neil/100%|rotate --due --yes\n",
  );
  await expect(installTimer(timer)).rejects.toMatchObject({ code: 'usage' });
});
