// Built together with the sources of AQICore as one module, Embedded Swift.

@_extern(c, "episode_first_hour") func episodeFirstHour() -> Int32
@_extern(c, "episode_hour_count") func episodeHourCount() -> Int32
/// Thousandths of pm25, pm10, so2, no2, co, o3; the lowest integer where there is none.
@_extern(c, "episode_value") func episodeValue(_ hour: Int32, _ pollutant: Int32) -> Int32
@_extern(c, "print_number") func printNumber(_ number: Int32)
@_extern(c, "print_end") func printEnd()

/// Steps the episode and prints a line an hour: index and primary pollutants (as bits) of the running 24 hours with ozone, and
/// of the hour; -1 for NA.
@_cdecl("firmware_main")
public func firmwareMain() {
    var windows = StationWindows()
    var place: Int32 = 0
    while place < episodeHourCount() {
        let hour = Hour(start: episodeFirstHour() + place)
        var row = HourRow()
        var pollutant: Int32 = 0
        while pollutant < 6 {
            let value = episodeValue(place, pollutant)
            if value != .min, let name = Pollutant(rawValue: UInt8(truncatingIfNeeded: pollutant)) {
                row[name] = Concentration(thousandths: value)
            }
            pollutant += 1
        }
        do throws(WindowError) {
            try windows.advance(to: hour, row)
        } catch {
            return
        }
        let edition = Edition(forPeriodEndingAt: hour.endingLabel)
        let day = windows.report(.running24, edition: edition)
        let now = windows.report(.realtime, edition: edition)
        printNumber(day.index ?? -1)
        printNumber(Int32(day.primary.bits))
        printNumber(now.index ?? -1)
        printNumber(Int32(now.primary.bits))
        printEnd()
        place += 1
    }
}
