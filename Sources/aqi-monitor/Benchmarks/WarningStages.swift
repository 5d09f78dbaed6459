import AQICore
import Ingest
import Warnings

/// The warning engine, on one core: ten years of hours, and a forecast of 120 hours every morning.
struct WarningStages {
    let stopwatch: Stopwatch
    var days = 3652

    static let names = ["warnings.replay"]
    private static let horizon = 120

    func run() throws -> BenchResult {
        let first = NaturalDay(number: 17_136).firstHour
        let rows = WarningStages.rows(hours: days * 24 + WarningStages.horizon)
        let forecasts = (0..<days).map { day in
            let start = day * 24 + 8
            return Forecast(
                issued: (first + Int32(start - 1)).endingLabel, first: first + Int32(start),
                rows: Array(rows[start..<start + WarningStages.horizon]))
        }
        var events: UInt64 = 0
        var checksum: UInt64 = 0
        let timed = stopwatch.rate(of: days * 24) {
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
        }
        return BenchResult(
            stage: "warnings.replay", rate: timed.median, unit: "hours/s", checksum: checksum, range: timed.range,
            details: [
                ("events", Int64(events)), ("milliseconds", Int64(Double(days * 24) / timed.median * 1000)),
            ])
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
