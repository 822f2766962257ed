/** How a file says that a name has a value. */
export type Syntax = 'dotenv' | 'shell' | 'fish' | 'terraform' | 'yaml' | 'json';

/** A name and its value, and where they stand: offsets into the text. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
  /** Nothing else is said in its line. */
  readonly isWholeLine: boolean;
}

const quoted = String.raw`"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'`;
const bare = String.raw`(?<bare>[^\s#;,"'{}]+)`;
const rest = String.raw`(?<rest>[^\n]*)`;
/** What was commented out lies there all the same. */
const comment = String.raw`(?:#[ \t]*)?`;

const line = (pattern: string): RegExp => new RegExp(`^(?<before>[ \\t]*)${comment}${pattern}${rest}$`, 'gm');

const patterns: Readonly<Record<Syntax, RegExp>> = {
  dotenv: line(String.raw`(?:export[ \t]+)?(?<name>[A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?:${quoted}|${bare})`),
  shell: line(
    String.raw`(?:(?:export|declare -x|typeset -x)[ \t]+)?(?<name>[A-Za-z_]\w*)=(?:${quoted}|${bare})`,
  ),
  fish: line(String.raw`set[ \t]+(?:-\S+[ \t]+)*(?<name>[A-Za-z_]\w*)[ \t]+(?:${quoted}|${bare})`),
  terraform: line(String.raw`(?<name>[A-Za-z_][\w-]*)[ \t]*=[ \t]*(?:${quoted})`),
  yaml: line(String.raw`(?:-[ \t]+)?(?<name>[A-Za-z_][\w.-]*):[ \t]+(?:${quoted}|${bare})`),
  json: /(?<before>)"(?<name>[\w.-]+)"\s*:\s*"(?<double>[^"\n]*)"(?<rest>)/g,
};

/** Every assignment of a text that a value follows on the same line. Pure. */
export function assignmentsIn(text: string, syntax: Syntax): readonly Assignment[] {
  return [...text.matchAll(patterns[syntax])].flatMap(match => {
    const { name = '', double, single, bare: plain, rest: after = '' } = match.groups ?? {};
    const value = double ?? single ?? plain ?? '';
    const behind = match[0].length - after.length - (plain === undefined ? 1 : 0);
    const to = match.index + behind;
    const isWholeLine = syntax !== 'json' && /^[ \t\r;]*(?:#[^\n]*)?$/.test(after);
    return value === '' ? [] : [{ name, value, from: to - value.length, to, isWholeLine }];
  });
}
