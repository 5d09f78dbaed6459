import AQICore
import Foundation
import Testing

@testable import Warnings

/// Forecasts of several issuers, what they are held against, and the consultations that they lead to.
@Suite("Warnings: the forecast desk") struct ForecastDeskTests {
    private func office(hours: Int32 = 30) -> WarningOffice {
        var office = WarningOffice(plan: .langfang2019, people: OfficeTests.people)
        for hour in 1...hours { _ = office.step(Timeline.row(pm25: 20_000), at: Timeline.hour(hour)) }
        return office
    }

    private func now(_ hour: Int32) -> Instant { Timeline.hour(hour).endingLabel + 60 }

    /// Daily forecasts from a day on, 0 being that of hours 1 ... 24.
    private func days(_ indices: [Int32?], from day: Int32, issued: Instant) -> IssuedForecast {
        .daily(
            indices.enumerated().map { place, index in
                DailyForecast(
                    issued: issued, day: NaturalDay(number: Timeline.firstDay.number + day + Int32(place)), index: index
                )
            })
    }

    private func take(_ office: inout WarningOffice, _ forecast: IssuedForecast, _ issuer: String, at hour: Int32)
        throws
    {
        _ = try office.take(forecast, from: issuer, by: "watch", at: now(hour))
    }

    @Test func `the newest of all issuers counts, also where it replaces another kind`() throws {
        var office = office()
        try take(&office, days([250, 250, 250], from: 2, issued: now(28)), "A", at: 30)
        _ = office.step(Timeline.row(pm25: 20_000), at: Timeline.hour(31))
        #expect(office.state.draft?.event.level == .orange)
        // A newer one of concentrations, clean: the days of the older are forgotten.
        let clean = Forecast(
            issued: now(29), first: Timeline.hour(32), rows: .init(repeating: Timeline.row(pm25: 20_000), count: 90))
        try take(&office, .hourly(clean), "B", at: 31)
        _ = office.step(Timeline.row(pm25: 20_000), at: Timeline.hour(32))
        #expect(office.state.draft == nil && office.state.forecasts.inUse?.issuer == "B")
        // An older one of a third is held against what comes, but does not count.
        try take(&office, days([400, 400, 400, 400], from: 2, issued: now(27)), "C", at: 32)
        _ = office.step(Timeline.row(pm25: 20_000), at: Timeline.hour(33))
        #expect(office.state.draft == nil && office.state.forecasts.inUse?.issuer == "B")
    }

    @Test func `what goes backwards, comes from the future, or is over is refused, and changes nothing`() throws {
        var office = office()
        try take(&office, days([100], from: 3, issued: now(28)), "A", at: 30)
        let before = office.state
        func refused(_ refusal: Refusal, _ forecast: IssuedForecast) {
            #expect(throws: refusal) { try take(&office, forecast, "A", at: 30) }
            #expect(office.state == before)
        }
        refused(.forecastNotNewer(issuer: "A", issued: now(28)), days([100], from: 3, issued: now(28)))
        refused(.forecastNotNewer(issuer: "A", issued: now(28)), days([100], from: 3, issued: now(20)))
        refused(.forecastFromFuture(now(32)), days([100], from: 3, issued: now(32)))
        refused(.forecastOver, days([100], from: 0, issued: now(29)))
        refused(.forecastOver, days([nil], from: 3, issued: now(29)))
        refused(.forecastOver, .daily([]))
        refused(.forecastTooFar(days: 31), days([100], from: 33, issued: now(29)))
        let far = Forecast(issued: now(29), first: Timeline.hour(40), rows: .init(repeating: HourRow(), count: 800))
        refused(.forecastTooFar(days: 31), .hourly(far))
        refused(.forecastOver, .hourly(Forecast(issued: now(29), first: Timeline.hour(40), rows: [])))
        // Two values of one day, the same twice being none.
        let day = NaturalDay(number: Timeline.firstDay.number + 4)
        let twice = [100, 101].map { DailyForecast(issued: now(29), day: day, index: $0) }
        refused(.forecastContradicts(day: day.firstHour), .daily(twice))
        let again = [100, 100].map { DailyForecast(issued: now(29), day: day, index: $0) }
        #expect(throws: Never.self) { try take(&office, .daily(again), "A", at: 30) }
    }

    @Test func `what stops short of 36 hours from now is refused, what reaches them is taken`() throws {
        func forecast(_ hours: Int) -> IssuedForecast {
            .hourly(
                Forecast(
                    issued: now(29), first: Timeline.hour(32),
                    rows: .init(repeating: Timeline.row(pm25: 20_000), count: hours)))
        }
        // It is the hour after 30: 31 is under way, and 67 is 36 hours later.
        var office = office()
        let before = office.state
        #expect(throws: Refusal.forecastStopsShort(last: Timeline.hour(66), hours: 36)) {
            try take(&office, forecast(35), "A", at: 30)
        }
        #expect(office.state == before)
        try take(&office, forecast(36), "A", at: 30)
        #expect(office.state.forecasts.inUse?.last == Timeline.hour(67))
    }

    @Test func `a forecast and its place survive a restart`() throws {
        var one = office()
        let rows = (0..<100).map { Timeline.row(pm25: $0 < 70 ? 260_000 : 20_000) }
        try take(&one, .hourly(Forecast(issued: now(29), first: Timeline.hour(31), rows: rows)), "A", at: 30)
        var other = WarningOffice(plan: .langfang2019, people: OfficeTests.people)
        let text = try JSONEncoder().encode(one.state)
        other.restore(one.engine.state, try JSONDecoder().decode(WarningOffice.State.self, from: text))
        for hour in 1...30 as ClosedRange<Int32> {
            other.observe(Timeline.row(pm25: 20_000), at: Timeline.hour(hour))
        }
        let events = one.step(rows[0], at: Timeline.hour(31)).events
        #expect(other.step(rows[0], at: Timeline.hour(31)).events == events && !events.isEmpty)
    }

    @Test func `skill by lead day: bias, error, hits and false alarms, by hand`() throws {
        var office = office(hours: 23)
        // Tomorrow to the fourth day; the third date comes to nothing known.
        try take(&office, days([250, 150, 90, 210], from: 1, issued: now(23)), "A", at: 23)
        _ = office.step(Timeline.row(pm25: 20_000), at: Timeline.hour(24))
        for hour in 25...120 as ClosedRange<Int32> {
            // Days of 250, 250, silence, 50.
            let index: Int32 = [250, 250, 0, 50][Int(hour - 25) / 24]
            let value = (73...96).contains(hour) ? nil : Timeline.pm25(index)
            _ = office.step(Timeline.row(pm25: value), at: Timeline.hour(hour))
        }
        let skill = try #require(office.state.forecasts.issuers.first).skill
        try #require(skill.map(\.lead) == [1, 2, 4] && skill.map(\.days) == [1, 1, 1])
        #expect(skill[0].bias == 0 && skill[0].hits == 1 && skill[0].hitRate == 1)
        #expect(skill[1].bias == -100 && skill[1].rootMeanSquareError == 100 && skill[1].misses == 1)
        #expect(skill[2].bias == 160 && skill[2].falseAlarms == 1 && skill[2].falseAlarmRatio == 1)
    }

    @Test func `a tally adds up`() {
        var tally = SkillTally(lead: 1)
        #expect(tally.bias == nil && tally.hitRate == nil && tally.falseAlarmRatio == nil)
        for (forecast, observed) in [(201, 201), (200, 201), (201, 200), (100, 104)] as [(Int32, Int32)] {
            tally.count(forecast: forecast, observed: observed)
        }
        #expect(tally.bias == -1 && tally.rootMeanSquareError == (18.0 / 4).squareRoot())
        #expect(tally.hitRate == 0.5 && tally.falseAlarmRatio == 0.5)
    }

    // MARK: - Consultations (Plan 三)

    @Test(arguments: [(11, 14, false), (11, 15, true), (1, 1, true), (3, 15, true), (3, 16, false), (7, 1, false)])
    func `the heating season runs from 15 November to 15 March`(month: Int, day: Int, isSeason: Bool) throws {
        let date = try #require(CivilDate(year: 2026, month: Int32(month), day: Int32(day)))
        #expect(Consultations.isHeatingSeason(date) == isSeason)
    }

    @Test func `weekly in ordinary times, daily in the heating season, told once when due`() {
        for (first, hours) in [(NaturalDay(number: 17_000).firstHour, 168), (Timeline.hour(1), 24)] as [(Hour, Int32)] {
            var office = WarningOffice(plan: .langfang2019, people: OfficeTests.people)
            var due: [Int32] = []
            for hour in 0..<hours + 30 {
                let ledger = office.step(Timeline.row(pm25: 20_000), at: first + hour).ledger
                if ledger.contains(where: { $0.kind == .consultationDue }) { due.append(hour) }
            }
            #expect(due == [hours])
            #expect(office.state.consultations.isOverdue(at: (first + hours + 30).endingLabel))
        }
    }

    @Test
    func `twice a day with a warning, at once with heavy air and none, daily where 150 is exceeded in 3 to 5 days`()
        throws
    {
        var office = office()
        #expect(office.state.consultations.due?.cause == .heatingSeason)
        // The day after tomorrow is too near, the sixth day too far; 150 is not above 150.
        for (indices, isForeseen) in [([151, 150], false), ([90, 151], true), ([90, 90, 90, 151], true)]
            as [([Int32], Bool)]
        {
            var own = office
            try take(&own, days(indices, from: 3, issued: now(29)), "A", at: 30)
            _ = own.step(Timeline.row(pm25: 20_000), at: Timeline.hour(31))
            #expect((own.state.consultations.due?.cause == .foreseen) == isForeseen, "\(indices)")
        }
        _ = office.step(Timeline.row(pm25: 160_000), at: Timeline.hour(31))
        #expect(office.state.consultations.due?.cause == .heavyWithoutWarning)
        #expect(office.state.consultations.due?.by == Timeline.hour(31).endingLabel + 3600)
        let record = Consultations.Record(invitedBy: "a", attended: ["b"], opinions: "c", verdict: "d")
        _ = try office.record(record, by: "watch", at: now(31))
        #expect(office.state.consultations.due?.by == now(31) + 12 * 3600)
        _ = try office.order(.red, from: .province, by: "watch", reason: "x", at: now(31))
        _ = try office.sign(1, by: "director", at: now(31))
        _ = try office.sign(1, by: "commander", at: now(31))
        _ = office.step(Timeline.row(pm25: 20_000), at: Timeline.hour(32))
        #expect(office.state.consultations.due?.cause == .heavy)
    }

    @Test func `a record names who invited and attended, and the next counts from it`() throws {
        var office = office()
        var record = Consultations.Record(invitedBy: "气象台", attended: [], opinions: "o", verdict: "v")
        #expect(throws: Refusal.badText("attended")) { try office.record(record, by: "watch", at: now(30)) }
        record.attended = ["监测站", "专家组"]
        let outcome = try office.record(record, by: "watch", at: now(30))
        #expect(outcome.ledger.first?[.attended] == "监测站, 专家组" && outcome.ledger.first?.person == "watch")
        #expect(office.state.consultations.due?.by == now(30) + 86_400)
    }

    // MARK: - The baseline

    @Test func `the baseline is between its mean and now, and silent where too little is known`() throws {
        let steady = [Int32?](repeating: 80, count: 300)
        #expect(Baseline.index(ahead: 24, after: steady) == 80)
        #expect(Baseline.index(ahead: 24, after: steady.prefix(239)) == nil)
        #expect(Baseline.index(ahead: 24, after: steady + [nil]) == nil)
        let waves = (0..<720).map { Int32?.some($0 / 60 % 2 == 0 ? 40 : 240) }
        let index = try #require(Baseline.index(ahead: 24, after: waves))
        #expect((140...240).contains(index))
    }

    @Test func `on Beijing's winter the baseline is better than persistence, and says so honestly`() throws {
        guard let city = try Beijing.load() else { return }
        let scores = BaselineScore.judge(first: city.first, rows: city.rows, leads: [24, 48, 72])
        for score in scores {
            let (baseline, persistence) = (try #require(score.baselineError), try #require(score.persistenceError))
            print("baseline \(score.lead) h: RMSE \(baseline), persistence \(persistence), \(score.cases) cases")
            #expect(score.cases > 900 && baseline < persistence)
        }
    }
}
