/** Where a report has its MAC: in JSON as the last field, in Markdown as a comment behind the text. */
const none = 'none';
const inJson = /,\n {2}"mac": "([0-9a-f]{64}|none)"\n\}\n?$/;
const inMarkdown = /\n<!-- castkeys-report-mac ([0-9a-f]{64}|none) -->\n?$/;

/** The text with its MAC. */
export function withSeal(text: string, format: 'md' | 'json', mac: string = none): string {
  if (format === 'md') return `${text}\n<!-- castkeys-report-mac ${mac} -->\n`;
  return `${text.replace(/\n\}$/, '')},\n  "mac": "${mac}"\n}\n`;
}

/** A report taken apart again, byte for byte; undefined for a text that is none. */
export function withoutSeal(sealed: string): { readonly text: string; readonly mac: string } | undefined {
  const [json, markdown] = [inJson.exec(sealed), inMarkdown.exec(sealed)];
  if (json) return { text: `${sealed.slice(0, json.index)}\n}`, mac: json[1] ?? none };
  if (markdown) return { text: sealed.slice(0, markdown.index), mac: markdown[1] ?? none };
  return undefined;
}
