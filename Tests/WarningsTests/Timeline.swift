import AQICore

@testable import Warnings

/// A city under a plan, told hour by hour. Hours count from 1, the hour that ends at 01:00 of 2016-12-01, so that hour 24 n is
/// the last of a day; HJ 633-2012 holds.
struct Timeline {
    static let firstDay = NaturalDay(number: 17_136)

    var engine: WarningEngine
    /// The hour decided last; 0 before the first.
    private(set) var now: Int32 = 0
    /// What happened, as "44 issued yellow".
    private(set) var log: [String] = []
    private(set) var events: [WarningEvent] = []
    /// PM2.5 of the last 24 hours in thousandths, newest last; nil where it was missing.
    private var tail: [Int32?] = []
    /// The hours of the newest forecast that have not come.
    private var foreseen: [HourRow] = []

    init(_ plan: WarningPlan, signing: WarningEngine.Signing = .automatic) {
        engine = WarningEngine(plan: plan, signing: signing)
    }

    static func hour(_ number: Int32) -> Hour { firstDay.firstHour + (number - 1) }

    // MARK: - Air

    /// PM2.5 in thousandths whose mean has exactly this index under HJ 633-2012 (the limits of table 1).
    static func pm25(_ index: Int32) -> Int32 {
        let nodes: [(Int32, Int32)] = [
            (0, 0), (50, 35), (100, 75), (150, 115), (200, 150), (300, 250), (400, 350), (500, 500),
        ]
        for (low, high) in zip(nodes, nodes.dropFirst()) where index <= high.0 {
            // Rounded down by less than a thousandth: the index is rounded up again.
            return low.1 * 1000 + (index - low.0) * (high.1 - low.1) * 1000 / (high.0 - low.0)
        }
        return 500_000
    }

    /// A row whose PM2.5 is given, nil for silent; the others are clean unless said otherwise.
    static func row(pm25 thousandths: Int32?, no2: Int32 = 16_000) -> HourRow {
        var row = HourRow()
        row[.pm25] = thousandths.map(Concentration.init(thousandths:)) ?? .missing(.fault)
        row[.pm10] = Concentration(thousandths: 20_000)
        row[.so2] = Concentration(thousandths: 10_000)
        row[.no2] = Concentration(thousandths: no2)
        row[.co] = Concentration(thousandths: 500)
        return row
    }

    /// One hour with these concentrations.
    mutating func observe(_ row: HourRow) {
        now += 1
        tail = (tail + [row[.pm25].thousandths]).suffix(24)
        for event in engine.step(row, at: Timeline.hour(now)) {
            events.append(event)
            let kind = event.proposal.map { "proposed \($0)" } ?? "\(event.kind)"
            log.append("\(now) \(kind) \(event.level)")
        }
    }

    /// Hours with the same concentrations.
    mutating func observe(_ row: HourRow, _ hours: Int) {
        for _ in 0..<hours { observe(row) }
    }

    /// Hours with the same air, whose own index is `index`: `A` follows as a mean does. One such hour below the base is enough to
    /// bring an `A` just above it down.
    mutating func air(_ index: Int32, _ hours: Int) {
        observe(Timeline.row(pm25: Timeline.pm25(index)), hours)
    }

    // MARK: - Exactly this A

    /// Runs of hours: so many with this `A`; nil: without PM2.5, so that `A` ends up unknown once five of 24 are missing.
    typealias Runs = [(index: Int32?, hours: Int)]

    /// The concentrations that give each hour exactly the `A` asked for, whatever came before. After a jump the hours before it
    /// come back every 24 hours, far below zero or high: the engine takes them, but their own index is not that of clean air.
    private static func rows(_ runs: Runs, after tail: [Int32?]) -> [HourRow] {
        var tail = tail
        var rows: [HourRow] = []
        for (index, hours) in runs {
            for _ in 0..<hours {
                let others = tail.suffix(23).compactMap(\.self)
                let value = index.map { pm25($0) * Int32(others.count + 1) - others.reduce(0, +) }
                tail.append(value)
                rows.append(row(pm25: value))
            }
        }
        return rows
    }

    /// Hours with exactly this `A`.
    mutating func exactly(_ runs: Runs) {
        for row in Timeline.rows(runs, after: tail) { observe(row) }
    }

    /// One hour with exactly this `A`, and a forecast of exactly these `A` that is issued with it. The hourly row of NO2 is four
    /// times its daily one, so that one hour of it lifts `H` and leaves `A` alone: 1,200 gives `H` = 200 and 2,340 gives 300.
    mutating func hour(_ index: Int32?, no2: Int32 = 16_000, foreseeing runs: Runs = []) {
        var row = Timeline.rows([(index, 1)], after: tail)[0]
        row[.no2] = Concentration(thousandths: no2)
        observe(row, foreseeing: Timeline.rows(runs, after: (tail + [row[.pm25].thousandths]).suffix(24)))
    }

    /// One hour with these concentrations, and a forecast that is issued with it; without rows none is.
    mutating func observe(_ row: HourRow, foreseeing rows: [HourRow]) {
        if !rows.isEmpty {
            foreseen = rows
            engine.take(
                Forecast(issued: Timeline.hour(now + 1).endingLabel, first: Timeline.hour(now + 2), rows: rows))
        } else if !foreseen.isEmpty {
            foreseen.removeFirst()
        }
        observe(row)
    }

    /// Hours that come as the newest forecast has them.
    mutating func comeTrue(_ hours: Int) {
        for _ in 0..<min(hours, foreseen.count) { observe(foreseen.removeFirst()) }
    }

    /// A forecast of the index of one day, 0 being the day of hours 1...24; nil takes an earlier one back.
    mutating func foresee(_ index: Int32?, day: Int32) {
        engine.take(
            DailyForecast(
                issued: Timeline.hour(now).endingLabel, day: NaturalDay(number: Timeline.firstDay.number + day),
                index: index))
    }
}
