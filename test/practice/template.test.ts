import { describe, expect, it } from 'vitest';
import { renderTemplate, type TemplateData, TemplateError } from '../../source/practice/template.ts';

const data: TemplateData = {
  NotificationID: 'n-1',
  OrganizationID: 'o-1',
  Severity: 'CRITICAL',
  Name: 'say "hi"',
  Message: 'two\nlines',
  Details: { a: [1, 2] },
  Timestamp: new Date('2026-10-01T09:00:00.250Z'),
  Cluster: {
    ID: 'c-1',
    Name: 'production',
    ProviderType: 'eks',
    ProjectNamespaceID: 'p-1',
    ProjectName: 'p',
  },
};

describe('a webhook template', () => {
  it.each([
    ['{{ .NotificationID }}{{.Severity}}', 'n-1CRITICAL'],
    ['{{ .Cluster.Name }} on {{ .Cluster.ProviderType }}', 'production on eks'],
    ['{{ toJSON .Name }}', '"say \\"hi\\""'],
    ['{{ toJSON .Details }}', '{"a":[1,2]}'],
    ['"{{ toEscapedString .Message }}"', '"two\\nlines"'],
    ['{{ toISO8601 .Timestamp }}', '2026-10-01T09:00:00.250Z'],
    ['{{ .Timestamp }}', '2026-10-01 09:00:00 +0000 UTC'],
    ['no action, { } and } }', 'no action, { } and } }'],
  ])('renders %s', (template, rendered) => {
    expect(renderTemplate(template, data)).toBe(rendered);
  });

  it('leaves a notification of no cluster empty there', () => {
    const clusterless = { ...data, Cluster: null };
    expect(renderTemplate('"{{ .Cluster.Name }}" {{ toJSON .Cluster }}', clusterless)).toBe('"" null');
  });

  it.each([
    '{{ .Nothing }}',
    '{{ .Cluster.Nothing }}',
    '{{ .Name.Length }}',
    '{{ if .Cluster }}',
    '{{ now }}',
    '{{ }}',
    '{{ hmac .Name }}',
    '{{ toISO8601 .Name }}',
    '{{ .constructor }}',
  ])('refuses %s', template => {
    expect(() => renderTemplate(template, data)).toThrow(TemplateError);
  });
});
