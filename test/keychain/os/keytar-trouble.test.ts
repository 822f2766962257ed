import { describe, expect, it } from 'vitest';
import { diagnoseError, diagnoseUnloadable } from '../../../source/keychain/os/keytar-trouble.ts';

describe('what an error of keytar means', () => {
  it.each([
    ['User canceled the operation.', 'denied'],
    ['The user name or passphrase you entered is not correct.', 'denied'],
    ['User interaction is not allowed.', 'locked'],
    ['A default keychain could not be found.', 'unavailable'],
    ['No keychain is available. You may need to restart your computer.', 'unavailable'],
    ['Ein Fehler, den nur macOS kennt', 'denied'],
  ] as const)('on macOS: %s', (message, state) => {
    expect(diagnoseError(message, 'darwin').state).toBe(state);
  });

  it.each([
    ['Cannot create an item in a locked collection', 'locked'],
    ['The prompt was dismissed', 'locked'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'unavailable'],
    ['Could not connect: Connection refused', 'unavailable'],
  ] as const)('on Linux: %s', (message, state) => {
    expect(diagnoseError(message, 'linux').state).toBe(state);
  });

  it('is passed on without anything a terminal would act on', () => {
    expect(diagnoseError('bad\u001b[31m\nthing\u202e', 'linux').reason).toBe(
      'the keychain answered: bad thing',
    );
  });
});

describe('why keytar can not be loaded', () => {
  it.each([
    [
      'libsecret-1.so.0: cannot open shared object file: No such file or directory',
      'apt-get install libsecret-1-0',
    ],
    ["Cannot find module 'keytar'\nRequire stack:\n- /x", 'npm install --include=optional'],
    ['keytar.node: invalid ELF header', 'CASTKEYS_STORE=file'],
  ])('%s', (message, fix) => {
    expect(diagnoseUnloadable(message)).toMatchObject({
      state: 'unavailable',
      fix: expect.stringContaining(fix),
    });
  });
});
