/** The parts of a knowledge version: "0.1.0+3f2a9c1d", with a site's overlay "0.1.0+3f2a9c1d.north-hospital-99aa00bb". */
export interface VersionParts {
  readonly release: string
  readonly hash: string
  readonly site: { readonly name: string; readonly hash: string } | null
}

export function versionParts(version: string): VersionParts {
  const [release = '', build = ''] = version.split('+', 2)
  const [hash = '', overlay = ''] = build.split('.', 2)
  const end = overlay.lastIndexOf('-')
  return {
    release,
    hash,
    site: end < 0 ? null : { name: overlay.slice(0, end), hash: overlay.slice(end + 1) },
  }
}
