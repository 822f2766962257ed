/** The version in package.json, put in place by the build. */
declare const CASTKEYS_VERSION: string;
