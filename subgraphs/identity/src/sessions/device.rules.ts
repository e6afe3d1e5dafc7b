// In this order: many browsers name the one that they are made from as well.
const PROGRAMS: readonly [pattern: RegExp, name: string][] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bYaBrowser\/(\d+)/, 'Yandex Browser'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\bElectron\/(\d+)/, 'Electron'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
];

const SYSTEMS: readonly [pattern: RegExp, name: string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const LONGEST = 60;

/**
 * What people call the device, from what its program says of itself (the User-Agent): `Firefox 140 on Windows`, or the
 * program's first word where it is none of the known browsers. Good for recognising one's own; anybody may say anything.
 */
export function deviceName(userAgent: string): string {
  const [program, version] = firstOf(PROGRAMS, userAgent);
  const [system] = firstOf(SYSTEMS, userAgent);
  if (program) return [`${program} ${version}`, system].filter(Boolean).join(' on ');
  // What tells people nothing, or could pretend to be something else, is left out.
  const [word = ''] = /^[\w.+-]+(?:\/[\w.+-]+)?/.exec(userAgent.trim()) ?? [];
  return word ? word.slice(0, LONGEST).replace('/', ' ') : 'Unknown device';
}

function firstOf(known: readonly [RegExp, string][], text: string): [name?: string, detail?: string] {
  for (const [pattern, name] of known) {
    const found = pattern.exec(text);
    if (found) return [name, found[1] ?? ''];
  }
  return [];
}
