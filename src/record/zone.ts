/**
 * What a clock on the wall of an IANA zone shows. Intl knows the rules; asking it costs microseconds and this
 * runs for every result, so the offsets are kept by UTC day. None of it depends on the zone of the process.
 */

const DAY = 86_400_000
/** Days kept per zone, about 50 years; a hostile record may name every day there is */
const KEPT_DAYS = 20_000

/** The offsets of one UTC day in ms, east positive; no zone changes its offset twice in one day. */
interface DayOffsets {
  readonly before: number
  readonly after: number
  /** the instant of the change, Infinity where there is none */
  readonly change: number
}

interface Zone {
  readonly format: (ms: number) => string
  readonly days: Map<number, DayOffsets>
}

const zones = new Map<string, Zone>()

function zoneOf(name: string): Zone {
  let zone = zones.get(name)
  if (zone === undefined) {
    const formatter = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
    zone = { format: (ms) => formatter.format(ms), days: new Map() }
    zones.set(name, zone)
  }
  return zone
}

/** Reads "11/20/2026, GMT-03:30"; zero is written "GMT", and old local times have seconds: "GMT-00:01:15". */
function askIntl(zone: Zone, ms: number): number {
  const text = zone.format(ms)
  const offset = text.slice(text.indexOf('GMT') + 3)
  if (offset === '') return 0
  const [hours = '0', minutes = '0', seconds = '0'] = offset.slice(1).split(':')
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
  return offset.startsWith('-') ? -size : size
}

function offsetsOf(zone: Zone, utcDay: number): DayOffsets {
  const kept = zone.days.get(utcDay)
  if (kept !== undefined) return kept
  let low = utcDay * DAY
  let high = low + DAY
  const before = askIntl(zone, low)
  const after = askIntl(zone, high)
  let change = Number.POSITIVE_INFINITY
  if (before !== after) {
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (askIntl(zone, middle) === before) low = middle
      else high = middle
    }
    change = high
  }
  if (zone.days.size >= KEPT_DAYS) zone.days.clear()
  const offsets = { before, after, change }
  zone.days.set(utcDay, offsets)
  return offsets
}

function offsetIn(zone: Zone, ms: number): number {
  const offsets = offsetsOf(zone, Math.floor(ms / DAY))
  return ms < offsets.change ? offsets.before : offsets.after
}

/** Offset of the zone from UTC at an instant, in ms, east positive. An unknown zone name throws a RangeError. */
export function offsetAt(ms: number, zone: string): number {
  return offsetIn(zoneOf(zone), ms)
}

/**
 * The instants at which the wall clock shows a local time, given as the ms it would be in UTC: the same one
 * twice on ordinary days, two where clocks are put back, null where they are put forward over it.
 */
export function instantsOf(localMs: number, zoneName: string): { first: number; last: number } | null {
  const zone = zoneOf(zoneName)
  const day = Math.floor(localMs / DAY)
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  // No offset has ever been larger than 16 hours, so the instant lies in one of three UTC days.
  for (let utcDay = day - 1; utcDay <= day + 1; utcDay++) {
    const { before, after } = offsetsOf(zone, utcDay)
    for (const offset of before === after ? [before] : [before, after]) {
      const instant = localMs - offset
      if (offsetIn(zone, instant) !== offset) continue
      if (instant < first) first = instant
      if (instant > last) last = instant
    }
  }
  return first <= last ? { first, last } : null
}

/** The first instant of a calendar day in the zone; not always midnight, which some changes skip. */
export function startOfDay(day: number, zoneName: string): number {
  const midnight = day * DAY
  const instants = instantsOf(midnight, zoneName)
  if (instants !== null) return instants.first
  const zone = zoneOf(zoneName)
  for (let utcDay = day - 1; utcDay <= day + 1; utcDay++) {
    const { change, before, after } = offsetsOf(zone, utcDay)
    if (change + before <= midnight && midnight < change + after) return change
  }
  return midnight - offsetIn(zone, midnight)
}
