import { keyPrefix, strictKey } from '../../castai/key-shape.ts';

export const scanners = ['gitleaks', 'betterleaks', 'trufflehog'] as const;
export type Scanner = (typeof scanners)[number];

const description = 'Cast AI API key';

/** A rule for another scanner, in the form of its own settings, made of the one definition of a key's shape. */
export function ruleFor(scanner: Scanner): string {
  switch (scanner) {
    case 'gitleaks':
    case 'betterleaks':
      return toml();
    case 'trufflehog':
      return yaml();
  }
}

/** To be put into a `.gitleaks.toml`, or used alone: `gitleaks git --config FILE`. */
const toml = (): string => `[[rules]]
id = "castai-api-key"
description = "${description}"
regex = '''${strictKey.source}'''
keywords = ["${keyPrefix}"]
tags = ["castai", "api-key"]
`;

/** For `trufflehog --config FILE`. What it finds it can't verify: that is what castkeys scan --live is for. */
const yaml = (): string => `detectors:
  - name: castai-api-key
    description: ${description}
    keywords:
      - ${keyPrefix}
    regex:
      key: '${strictKey.source}'
`;
