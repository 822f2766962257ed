/** What secrets of the Standard Webhooks specification begin with; base64 follows. */
export const secretPrefix = 'whsec_';
