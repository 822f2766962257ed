/** Thrown where a template can't be rendered; the message says which part. */
export class TemplateError extends Error {}

/** What a template may name, by the names Cast AI documents (section 6.1). `Cluster` is null for what concerns none. */
export interface TemplateData {
  readonly NotificationID: string;
  readonly OrganizationID: string;
  readonly Severity: string;
  readonly Name: string;
  readonly Message: string;
  readonly Details: unknown;
  readonly Timestamp: Date;
  readonly Cluster: Readonly<
    Record<'ID' | 'Name' | 'ProviderType' | 'ProjectNamespaceID' | 'ProjectName', string>
  > | null;
}

/**
 * Renders the part of Go's template language that webhook templates are made of: `{{ .Name }}`,
 * `{{ .Cluster.ID }}`, and `toISO8601`, `toJSON`, `toEscapedString` before one field. Anything else is a
 * {@link TemplateError}, as an unknown function or field is in Go.
 */
export function renderTemplate(template: string, data: TemplateData): string {
  return template.replace(/\{\{(.*?)\}\}/gs, (_whole, action: string) => renderAction(action.trim(), data));
}

function renderAction(action: string, data: TemplateData): string {
  const { fn, path } = /^(?:(?<fn>\w+)\s+)?\.(?<path>\w+(?:\.\w+)*)$/.exec(action)?.groups ?? {};
  if (path === undefined) throw new TemplateError(`the practice server doesn't know {{ ${action} }}`);
  const value = lookUp(path, data);
  switch (fn) {
    case undefined:
      return asGoPrints(value);
    case 'toJSON':
      return JSON.stringify(value ?? null);
    case 'toEscapedString':
      return JSON.stringify(asGoPrints(value)).slice(1, -1);
    case 'toISO8601':
      if (value instanceof Date) return value.toISOString();
      throw new TemplateError(`toISO8601 takes a time, which .${path} isn't`);
    default:
      throw new TemplateError(`function "${fn}" not defined`);
  }
}

function lookUp(path: string, data: TemplateData): unknown {
  const [first = '', second, ...rest] = path.split('.');
  const fields = new Map<string, unknown>(Object.entries(data));
  if (!fields.has(first) || rest.length > 0) throw new TemplateError(`there is no .${path}`);
  if (second === undefined) return fields.get(first);
  if (first !== 'Cluster') throw new TemplateError(`there is no .${path}`);
  const cluster = new Map<string, unknown>(Object.entries(data.Cluster ?? noCluster));
  if (!cluster.has(second)) throw new TemplateError(`there is no .${path}`);
  return cluster.get(second);
}

const noCluster = { ID: '', Name: '', ProviderType: '', ProjectNamespaceID: '', ProjectName: '' };

/** A bare time prints as Go prints it, which is why the documentation says to use toISO8601. */
function asGoPrints(value: unknown): string {
  if (value instanceof Date)
    return `${value
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z$/, '')} +0000 UTC`;
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '<nil>' : JSON.stringify(value);
}
