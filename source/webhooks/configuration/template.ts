/**
 * The body castkeys asks Cast AI to send: JSON with `id` and `timestamp`, which tell a replay and a late delivery (section 6.2 of
 * the API facts). Its variables and functions are those that Cast AI documents (section 6.1).
 */
export const webhookTemplate = [
  '{',
  '"id":"{{ .NotificationID }}",',
  '"timestamp":"{{ toISO8601 .Timestamp }}",',
  '"organizationId":"{{ .OrganizationID }}",',
  '"severity":"{{ .Severity }}",',
  '"name":{{ toJSON .Name }},',
  '"message":{{ toJSON .Message }},',
  '"details":{{ toJSON .Details }},',
  '"cluster":{{ toJSON .Cluster }}',
  '}',
].join('');

/** Whether a template tells notifications apart, and when they were sent. */
export function tellsIdAndTime(template: string): boolean {
  return /\{\{[^}]*\.NotificationID\b/.test(template) && /\{\{[^}]*\.Timestamp\b/.test(template);
}
