import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { agreeTo, findPin, isAgreedTo, writePin } from '../../source/profiles/pin.ts';
import { chooseProfile } from '../../source/profiles/profiles.ts';
import { homeIn, type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { aConfig, aProfile } from './support/configs.ts';

const now = new Date('2026-06-01T12:00:00Z');

describe('a .castkeys.json', () => {
  let directory: TemporaryDirectory;
  beforeEach(() => {
    directory = temporaryDirectory();
    mkdirSync(directory.at('work', 'deep', 'er'), { recursive: true });
    return () => directory[Symbol.dispose]();
  });
  const home = () => homeIn(directory.at('home'));
  const write = (content: string, ...at: string[]) =>
    writeFileSync(directory.at('work', ...at, '.castkeys.json'), content);

  it('counts for its directory and those below, the nearest upwards', () => {
    write('{"profile": "outer"}');
    expect(findPin(directory.at('work', 'deep', 'er'))).toMatchObject({
      path: directory.at('work', '.castkeys.json'),
      profile: 'outer',
    });
    write('{"profile": "inner"}', 'deep');
    expect(findPin(directory.at('work', 'deep', 'er'))).toMatchObject({ profile: 'inner' });
    expect(findPin(directory.at('work'))).toMatchObject({ profile: 'outer' });
  });

  it('need not be there, and need not pin anything', () => {
    expect(findPin(directory.at('work', 'deep'))?.path ?? '').not.toContain(directory.path);
    write('{"consumers": []}');
    expect(findPin(directory.at('work'))).not.toHaveProperty('profile');
  });

  it.each(['', '{', '[]', 'null', '3', '{"profile": 3}', '<<<<<<< HEAD'])(
    'that says %j is refused',
    content => {
      write(content);
      expect(() => findPin(directory.at('work', 'deep'))).toThrow(
        expect.objectContaining({
          code: 'config-invalid',
          exitCode: 2,
          message: expect.stringContaining(directory.at('work', '.castkeys.json')),
        }),
      );
    },
  );

  it('that is a directory is refused', () => {
    mkdirSync(directory.at('work', '.castkeys.json'));
    expect(() => findPin(directory.at('work'))).toThrow(expect.objectContaining({ code: 'config-invalid' }));
  });

  it('is written with what else it holds, and agreed to by whoever writes it', async () => {
    write('{"consumers": [1], "profile": "old"}');
    const pin = await writePin(home(), directory.at('work'), 'staging', now);
    expect(JSON.parse(readFileSync(pin.path, 'utf8'))).toEqual({ consumers: [1], profile: 'staging' });
    expect(findPin(directory.at('work', 'deep'))).toEqual(pin);
    expect(isAgreedTo(home(), pin)).toBe(true);
  });

  it('that can not be read is not written over', async () => {
    write('<<<<<<< HEAD');
    const written = writePin(home(), directory.at('work'), 'staging', now);
    await expect(written).rejects.toMatchObject({ code: 'config-invalid' });
    expect(readFileSync(directory.at('work', '.castkeys.json'), 'utf8')).toBe('<<<<<<< HEAD');
  });

  it('is agreed to by its content and its place: a change, or a copy elsewhere, is asked about again', async () => {
    const pin = await writePin(home(), directory.at('work'), 'staging', now);
    await agreeTo(home(), { path: '/some/other', sha256: 'x' }, now);
    expect(isAgreedTo(home(), pin)).toBe(true);
    write(`${readFileSync(pin.path, 'utf8')} `);
    const changed = findPin(directory.at('work'));
    expect(changed && isAgreedTo(home(), changed)).toBe(false);
    write(readFileSync(pin.path, 'utf8').trimEnd().concat('\n'), 'deep');
    const copy = findPin(directory.at('work', 'deep'));
    expect(copy).toMatchObject({ sha256: pin.sha256 });
    expect(copy && isAgreedTo(home(), copy)).toBe(false);
  });

  it('was not agreed to where what was agreed to can not be read', async () => {
    const pin = await writePin(home(), directory.at('work'), 'staging', now);
    writeFileSync(directory.at('home', 'state', 'agreed.json'), '[{"path"');
    expect(isAgreedTo(home(), pin)).toBe(false);
    await agreeTo(home(), pin, now);
    expect(isAgreedTo(home(), pin)).toBe(true);
  });

  it('that points at production counts once somebody agreed, until its content changes', async () => {
    const config = aConfig({ production: aProfile({ environment: 'production' }) });
    const choose = () => chooseProfile({ home: home(), config, env: {}, cwd: directory.at('work', 'deep') });
    write('{"profile":"production"}');
    expect(choose).toThrow(expect.objectContaining({ code: 'pin-untrusted' }));
    await writePin(home(), directory.at('work'), 'production', now);
    expect(choose()).toMatchObject({ name: 'production', chosenBy: 'pin' });
    write('{"profile":"production", "consumers": ["curl evil"]}');
    expect(choose).toThrow(expect.objectContaining({ code: 'pin-untrusted' }));
  });
});
