import { describe, expect, it } from 'vitest';
import { full, themeFor } from '../../../source/frontends/ink/theme.ts';

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map(start => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('the theme', () => {
  it.each(Object.entries(full))('%s can be read on black and on white', (_name, colour) => {
    for (const background of ['#000000', '#1e1e1e', '#ffffff']) {
      expect(contrast(colour, background)).toBeGreaterThan(3.4);
    }
  });

  it('shows production on a ground of its own, to be read with ease', () => {
    const { color = '', backgroundColor = '' } = themeFor(3).production;
    expect(contrast(color, backgroundColor)).toBeGreaterThan(4.5);
  });

  it('has no other background, and no bright or white text, that half of all terminals could not show', () => {
    for (const level of [0, 1, 2, 3] as const) {
      const { production: _, ...others } = themeFor(level);
      const styles = Object.values(others);
      expect(styles.filter(style => style.backgroundColor !== undefined)).toEqual([]);
      expect(styles.filter(style => /bright|white|black|gray/i.test(style.color ?? ''))).toEqual([]);
    }
  });
});
