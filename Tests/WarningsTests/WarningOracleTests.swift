import AQICore
import Foundation
import Testing

@testable import Warnings

@Suite("Warnings: the engine against a slow implementation of the contract") struct WarningOracleTests {
    private static let levels: [WarningLevel] = [.yellow, .orange, .red]

    private func row(_ values: [Int?]) -> HourRow {
        var row = HourRow()
        for (pollutant, value) in zip(Pollutant.allSix, values) {
            if let value { row[pollutant] = Concentration(thousandths: Int32(value)) }
        }
        // Ozone is outside the plan (一(三)), whatever it is.
        row[.o3] = Concentration(thousandths: 900_000)
        return row
    }

    /// Runs both over one history.
    ///
    /// - Returns: The events, for the tally.
    private func compare(seed: UInt64, _ plan: WarningPlan) -> [SlowWarnings.Event] {
        let history = RandomHistory(seed: seed)
        var engine = WarningEngine(plan: plan)
        var slow = SlowWarnings(plan == .langfang2019 ? .langfang : .national, first: history.first)
        var events: [SlowWarnings.Event] = []
        for (offset, values) in history.rows.enumerated() {
            let hour = history.first + offset
            for input in history.inputs[hour] ?? [] { give(input, at: hour, &engine, &slow) }
            let said = engine.step(row(values), at: Hour(start: Int32(hour)))
            let wanted = slow.step(values, at: hour)
            if let difference = difference(said, wanted) {
                // After the first disagreement the two are in different states.
                Issue.record("seed \(seed), \(plan.name), hour \(offset) (\(hour)): \(difference)")
                return events
            }
            if let wanted { events.append(wanted) }
        }
        return events
    }

    private func give(
        _ input: RandomHistory.Input, at hour: Int, _ engine: inout WarningEngine, _ slow: inout SlowWarnings
    ) {
        let issued = Hour(start: Int32(hour)).endingLabel
        switch input {
        case .hourly(let first, let rows):
            engine.take(Forecast(issued: issued, first: Hour(start: Int32(first)), rows: rows.map(row)))
            slow.forecast = (first, rows)
        case .daily(let day, let index):
            engine.take(
                DailyForecast(issued: issued, day: NaturalDay(number: Int32(day)), index: index.map(Int32.init)))
            slow.daily[day] = index
        case .order(let level, let authority):
            engine.order(level.map { WarningOracleTests.levels[$0 - 1] }, from: authority)
            // A newer order replaces the older one, with what was consented to it.
            slow.orders[authority] = level
            slow.consents[authority] = nil
        case .consent(let level, let authority):
            engine.consent(to: WarningOracleTests.levels[level - 1], from: authority)
            if slow.orders[authority] != nil { slow.consents[authority] = level }
        case .dust(let hours):
            engine.setDust(Hour(start: Int32(hours.lowerBound))...Hour(start: Int32(hours.upperBound)))
            slow.dust.formUnion(hours)
        }
    }

    /// What is not as it should be, or nil.
    private func difference(_ said: [WarningEvent], _ wanted: SlowWarnings.Event?) -> String? {
        guard said.count <= 1 else { return "\(said.count) actions in one hour" }
        guard let said = said.first, let wanted else {
            return said.isEmpty && wanted == nil
                ? nil : "\(said.map { "\($0.kind) \($0.level)" }), not \(wanted.map { "\($0)" } ?? "nothing")"
        }
        var event = SlowWarnings.Event(
            kind: said.kind.rawValue, level: (WarningOracleTests.levels.firstIndex(of: said.level) ?? -1) + 1,
            number: said.number, basis: said.basis.rawValue, signedBy: said.signedBy?.rawValue ?? "")
        if wanted.basis.isEmpty { event.basis = "" }
        if wanted.spell != nil || wanted.basis == "order" {
            event.spell = said.spell.map { Int($0.first.start)...Int($0.last.start) }
        }
        if wanted.primary != nil { event.primary = said.primary.names }
        return event == wanted ? nil : "\(event), not \(wanted)"
    }

    /// So many histories in `make test`; `AQI_SOAK=20` makes it twenty times as many.
    private static var histories: UInt64 {
        1000 * (ProcessInfo.processInfo.environment["AQI_SOAK"].flatMap(UInt64.init) ?? 1)
    }

    @Test func `every hour of random histories is decided as the contract says, under both plans`() async {
        print("random histories: seeds 1 ... \(WarningOracleTests.histories), each under both plans")
        let tally = await withTaskGroup(of: [String: Int].self) { group in
            let chunks: UInt64 = 10
            for chunk in 0..<chunks {
                group.addTask {
                    var tally: [String: Int] = [:]
                    for seed in stride(from: chunk + 1, through: WarningOracleTests.histories, by: Int(chunks)) {
                        for plan in WarningPlan.shipped {
                            for event in compare(seed: seed, plan) {
                                tally["\(event.kind) \(event.level)", default: 0] += 1
                                tally["\(event.kind) by \(event.basis)", default: 0] += 1
                                if event.kind == "issued", event.spell == nil, event.basis == "observed" {
                                    tally["emergency", default: 0] += 1
                                }
                            }
                        }
                    }
                    return tally
                }
            }
            return await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        }
        // Agreement means nothing where nothing happened.
        let wanted = [
            "issued 1", "issued 2", "issued 3", "upgraded 2", "upgraded 3", "downgraded 1", "downgraded 2", "lifted 1",
            "lifted 2", "lifted 3", "issued by observed", "issued by forecast", "issued by order",
            "upgraded by observed",
            "upgraded by forecast", "upgraded by order", "lifted by observed", "lifted by forecast", "emergency",
        ]
        for what in wanted { #expect((tally[what] ?? 0) >= 5, "\(what): \(tally[what] ?? 0)") }
    }
}
