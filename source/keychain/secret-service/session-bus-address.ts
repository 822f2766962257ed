/**
 * Where the session bus listens, as socket paths to try in this order; a leading NUL is an abstract socket.
 * `DBUS_SESSION_BUS_ADDRESS` if set, else `$XDG_RUNTIME_DIR/bus`, as libsecret's GDBus does it; but nothing is
 * launched. TCP addresses are left out: no desktop uses them.
 */
export function sessionBusSockets(env: NodeJS.ProcessEnv): readonly string[] {
  const runtimeBus = env['XDG_RUNTIME_DIR'] ? [`${env['XDG_RUNTIME_DIR']}/bus`] : [];
  const addresses = env['DBUS_SESSION_BUS_ADDRESS'];
  if (!addresses) return runtimeBus;
  return addresses.split(';').flatMap(address => {
    const options = unixOptions(address);
    const path = options.get('path');
    const abstract = options.get('abstract');
    if (path) return [path];
    if (abstract) return [`\0${abstract}`];
    return options.get('runtime') === 'yes' ? runtimeBus : [];
  });
}

/** `unix:path=/run/bus,guid=1f` as a map; empty for another transport or bad escapes. */
function unixOptions(address: string): ReadonlyMap<string, string> {
  const [transport, options = ''] = address.split(/:(.*)/s);
  if (transport !== 'unix') return new Map();
  try {
    return new Map(
      options.split(',').map(option => {
        const [key = '', value = ''] = option.split(/=(.*)/s);
        return [key, decodeURIComponent(value)];
      }),
    );
  } catch {
    return new Map();
  }
}
