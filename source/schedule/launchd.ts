import { join } from 'node:path';
import type { TimerFile } from './schedule.ts';

/** launchd runs what a sleeping machine missed as soon as it wakes. */
export function launchdFile(
  home: string,
  command: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): TimerFile {
  const words = command.map(word => `    <string>${escaped(word)}</string>`);
  const variables = Object.entries(environment).map(
    ([name, value]) => `    <key>${name}</key><string>${escaped(value ?? '')}</string>`,
  );
  const content = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0"><dict>',
    '  <key>Label</key><string>castkeys.rotate</string>',
    '  <key>ProgramArguments</key><array>',
    ...words,
    '  </array>',
    ...(variables.length > 0 ? ['  <key>EnvironmentVariables</key><dict>', ...variables, '  </dict>'] : []),
    '  <key>StartCalendarInterval</key><dict>',
    '    <key>Hour</key><integer>9</integer><key>Minute</key><integer>17</integer>',
    '  </dict>',
    '</dict></plist>',
    '',
  ].join('\n');
  return { path: join(home, 'Library', 'LaunchAgents', 'castkeys.rotate.plist'), content };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
