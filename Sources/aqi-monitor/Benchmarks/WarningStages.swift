import AQICore
import Ingest
import Warnings

/// The warning engine, on one core: ten years of hours, and a forecast of 120 hours every morning.
enum WarningStages {
    static let all = [
        Stage(
            name: "warnings.replay", unit: "hours", size: 3652, sizeUnit: "days",
            prepare: { size, _ in replay(days: size) })
    ]
    private static let horizon = 120

    private static func replay(days: Int) -> Trial {
        let first = NaturalDay(number: 17_136).firstHour
        let rows = rows(hours: days * 24 + horizon)
        let forecasts = (0..<days).map { day in
            let start = day * 24 + 8
            return Forecast(
                issued: (first + Int32(start - 1)).endingLabel, first: first + Int32(start),
                rows: Array(rows[start..<start + horizon]))
        }
        var events: Int64 = 0
        var checksum: UInt64 = 0
        return Trial(units: days * 24) {
            events = 0
            checksum = 0
            var engine = WarningEngine(plan: .usual)
            for hour in 0..<days * 24 {
                if hour % 24 == 7 { engine.take(forecasts[hour / 24]) }
                for event in engine.step(rows[hour], at: first + Int32(hour)) {
                    events += 1
                    checksum = checksum &* 31 &+ UInt64(hour) &+ UInt64(event.evidence.index24.map { $0 + 1 } ?? 0)
                }
            }
        } outcome: {
            .init(checksum: checksum, details: [("events", events)])
        }
    }

    /// A city whose haze builds up over days and clears in hours, 3 % of whose values are missing.
    private static func rows(hours: Int) -> [HourRow] {
        var random = SplitMix(seed: 6)
        var haze: Int32 = 60_000
        var target: Int32 = 60_000
        return (0..<hours).map { hour in
            // A new weather every three days or so; winter is worse.
            if random.next(72) == 0 {
                let isWinter = hour / 24 % 365 < 100
                target = 10_000 + Int32(random.next(isWinter ? 420_000 : 90_000))
            }
            haze += (target - haze) / 12
            var row = HourRow()
            for (place, pollutant) in Pollutant.allSix.enumerated() where random.next(33) != 0 {
                let share: Int32 = [100, 130, 15, 40, 1, 30][place]
                row[pollutant] = Concentration(thousandths: haze / 100 * share + Int32(random.next(2000)))
            }
            return row
        }
    }
}
