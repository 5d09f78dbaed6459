import AQICore
import Ingest

/// Rolling means, row by row as hours come, on one core.
enum RowStages {
    static let all = [
        Stage(
            name: "core.rolling24.time-major", unit: "elements", size: 8760, sizeUnit: "hours",
            prepare: { size, _ in rollingMean(hourCount: size) }),
        Stage(
            name: "core.row", unit: "channels", size: 1_000_000, sizeUnit: "channels",
            prepare: { size, _ in try row(channelCount: size) }),
    ]

    /// The 24 h mean alone, rounded half to even: 1024 channels.
    private static func rollingMean(hourCount: Int) -> Trial {
        let channelCount = 1024
        let rows = channelRows(channelCount: channelCount, hourCount: hourCount)
        let groupCount = channelCount / 16
        let empty = [Lanes](repeating: Lanes(repeating: 0), count: groupCount)
        var output = [[Lanes]](repeating: empty, count: hourCount)
        return Trial(units: channelCount * hourCount) {
            var means = try RollingMeans(channelCount: channelCount, hours: 24, hoursNeeded: 20)
            for hour in 0..<hourCount {
                let range = hour * groupCount..<(hour + 1) * groupCount
                try means.advance(to: Hour(start: Int32(hour)), rows.span.extracting(range))
                var span = output[hour].mutableSpan
                try means.means(into: &span)
            }
        } outcome: {
            .init(checksum: sum(output.joined()))
        }
    }

    /// What one row costs, by its width.
    private static func row(channelCount: Int) throws -> Trial {
        // A day of rows, over and over: the cost of a row, not of fetching a year of them.
        let rowCount = max(48, 6_000_000 / channelCount)
        let rows = channelRows(channelCount: channelCount, hourCount: 24)
        var means = try RollingMeans(channelCount: channelCount, hours: 24, hoursNeeded: 20)
        let groupCount = means.groupCount
        var output = [Lanes](repeating: Lanes(repeating: 0), count: groupCount)
        var hour = Hour(start: 0)
        return Trial(units: rowCount * channelCount) {
            for _ in 0..<rowCount {
                let place = Int(hour.start % 24) * groupCount
                try means.advance(to: hour, rows.span.extracting(place..<place + groupCount))
                var span = output.mutableSpan
                try means.means(into: &span)
                hour = hour + 1
            }
        } outcome: {
            .init(checksum: sum(output), details: [("rows", Int64(rowCount))])
        }
    }

    /// Made-up rows, one value of twenty missing.
    private static func channelRows(channelCount: Int, hourCount: Int) -> [Lanes] {
        var random = SplitMix(seed: 2)
        let groupCount = (channelCount + 15) / 16
        var rows = [Lanes](
            repeating: Lanes(repeating: Concentration.missing(.absent).packed), count: groupCount * hourCount)
        for place in rows.indices {
            for lane in 0..<16 where place % groupCount * 16 + lane < channelCount {
                let isMissing = random.next(20) == 0
                rows[place][lane] =
                    isMissing ? Concentration.missing(.fault).packed : Int32(random.next(200_000))
            }
        }
        return rows
    }

    private static func sum(_ rows: some Sequence<Lanes>) -> UInt64 {
        var sum: UInt64 = 0
        for row in rows { for lane in 0..<16 { sum &+= UInt64(UInt32(bitPattern: row[lane])) } }
        return sum
    }
}
