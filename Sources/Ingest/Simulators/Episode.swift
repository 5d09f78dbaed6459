package import AQICore

/// A made-up pollution episode, the same for the same seed: a clean day, four days in which haze builds up to an index
/// above 300, a gap, a second, shorter rise that a cold front ends, and clean days. It repeats every twelve days.
package struct Episode: Sendable {
    package static let length = 12 * 24
    private let seed: UInt64

    package init(seed: UInt64) {
        self.seed = seed
    }

    /// PM2.5 in µg/m³ at the hours after the beginning at which its course bends.
    private static let course: [(hour: Int, pm25: Int)] = [
        (0, 18), (20, 30), (30, 150), (48, 240), (72, 300), (96, 380), (112, 430), (120, 300), (124, 90),
        (132, 70), (140, 190), (156, 260), (164, 210), (167, 25), (180, 12), (287, 18),
    ]

    /// The concentrations of the hour that begins `offset` hours after the episode does.
    package func row(_ offset: Int) -> HourRow {
        let hour = offset % Episode.length
        var random = SplitMix(seed: seed &+ UInt64(offset) &* 0x9E37)
        // The sun: 0 at night, 1000 at 13:00; ozone follows it, traffic has two peaks.
        let clock = hour % 24
        let sun = max(0, 1000 - (clock - 13) * (clock - 13) * 28)
        let traffic = clock == 8 || clock == 9 || clock == 18 || clock == 19 ? 1400 : 1000
        let haze = course(hour)
        var row = HourRow()
        func set(_ pollutant: Pollutant, _ thousandths: Int) {
            let noise = 1000 + random.next(61) - 30
            // Whole µg/m³, CO whole tenths: what instruments show.
            let step = Int(pollutant.publishedStep)
            let value = thousandths * noise / 1000 / step * step
            row[pollutant] = Concentration(thousandths: Int32(max(value, step)))
        }
        set(.pm25, haze * 1000)
        set(.pm10, (haze * 118 / 100 + 22) * 1000)
        set(.so2, (6 + haze / 22) * 1000)
        set(.no2, (22 + haze / 5) * traffic)
        set(.co, 400 + haze * 9)
        set(.o3, (14 + sun * 70 / 1000 - min(haze / 20, 12)) * 1000)
        // One analyser is calibrated for three hours a day, one is down for a while: gaps belong to life.
        if clock == 3, hour / 24 % 3 == 1 { row[.so2] = .missing(.calibration) }
        if (60..<63).contains(hour) { row[.o3] = .missing(.fault) }
        return row
    }

    private func course(_ hour: Int) -> Int {
        let points = Episode.course
        guard let next = points.firstIndex(where: { $0.hour > hour }), next > 0 else {
            return points[points.count - 1].pm25
        }
        let (low, high) = (points[next - 1], points[next])
        return low.pm25 + (high.pm25 - low.pm25) * (hour - low.hour) / (high.hour - low.hour)
    }
}

/// A small generator of random numbers that gives the same row for the same seed everywhere.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
package struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 ..< bound.
    package mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
