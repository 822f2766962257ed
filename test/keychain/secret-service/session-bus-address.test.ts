import { describe, expect, it } from 'vitest';
import { sessionBusSockets } from '../../../source/keychain/secret-service/session-bus-address.ts';

describe('where the session bus listens', () => {
  it.each([
    ['a path', 'unix:path=/run/user/1000/bus', ['/run/user/1000/bus']],
    ['a path with a guid', 'unix:path=/run/bus,guid=1f2e', ['/run/bus']],
    ['an abstract socket', 'unix:abstract=/tmp/dbus-x,guid=1f', ['\0/tmp/dbus-x']],
    ['an escaped path', 'unix:path=/tmp/a%20b%3bc', ['/tmp/a b;c']],
    ['several, in their order', 'unix:path=/a;unix:abstract=b', ['/a', '\0b']],
    ['a path with an equals sign', 'unix:path=/a=b', ['/a=b']],
    ['the runtime directory', 'unix:runtime=yes', ['/run/user/7/bus']],
    ['only what can be talked to', 'tcp:host=localhost,port=1;autolaunch:;unix:path=/a', ['/a']],
    ['nothing, for a broken escape', 'unix:path=/a%zz', []],
    ['nothing, for nonsense', 'nonsense', []],
  ])('is read from an address that names %s', (_, address, sockets) => {
    expect(sessionBusSockets({ DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: '/run/user/7' })).toEqual(
      sockets,
    );
  });

  it('is the runtime directory where no address is given', () => {
    expect(sessionBusSockets({ XDG_RUNTIME_DIR: '/run/user/7' })).toEqual(['/run/user/7/bus']);
  });

  it('is nowhere on a machine without a session', () => {
    expect(sessionBusSockets({})).toEqual([]);
  });
});
