package import AQICore

/// What an issuer sent.
package enum IssuedForecast: Equatable, Sendable {
    case hourly(Forecast)
    /// Days of one issue.
    case daily([DailyForecast])

    package var issued: Instant? {
        switch self {
        case .hourly(let forecast): forecast.issued
        case .daily(let days): days.map(\.issued).max()
        }
    }

    /// The first hour that it says anything of.
    var first: Hour? {
        switch self {
        case .hourly(let forecast): forecast.first
        case .daily(let days): days.map(\.day.firstHour).min()
        }
    }

    /// A day that has two values.
    var contradiction: NaturalDay? {
        guard case .daily(let days) = self else { return nil }
        var known: [NaturalDay: Int32?] = [:]
        for day in days {
            if let other = known.updateValue(day.index, forKey: day.day), other != day.index { return day.day }
        }
        return nil
    }

    /// The last hour that it says anything of.
    package var last: Hour? {
        switch self {
        case .hourly(let forecast): forecast.rows.isEmpty ? nil : forecast.last
        case .daily(let days): days.filter { $0.index != nil }.map(\.day.lastHour).max()
        }
    }
}

/// The forecasts of all issuers: the newest of any of them counts; each is held against what came.
package struct ForecastDesk: Equatable, Codable, Sendable {
    /// An issuer, what it sent last, and how good it was.
    package struct Issuer: Equatable, Codable, Sendable {
        package let name: String
        package internal(set) var newest: Instant
        package internal(set) var skill: [SkillTally] = []
        /// Days that have not come, by lead day and date.
        var pending: [PendingDay] = []
    }

    struct PendingDay: Equatable, Codable {
        var lead: Int32
        var day: Int32
        var index: Int32
    }

    /// The forecast that counts, as it is kept across a restart.
    private struct Kept: Equatable, Codable {
        var issuer: String
        var issued: Instant
        var first: Hour?
        /// Packed concentrations, eight lanes an hour.
        var rows: [[Int32]] = []
        @InOrder var days: [Int32: Int32] = [:]
    }

    package private(set) var issuers: [Issuer] = []
    private var kept: Kept?

    static let mostIssuers = 16
    /// Hours before and after now that a forecast may speak of: what it takes is bounded.
    static let farthest: Int64 = 31 * 86_400
    /// Lead days that are judged: tomorrow is 1.
    static let longestLead: Int32 = 10

    /// Who sent the forecast that counts, and when it was issued.
    package var inUse: (issuer: String, issued: Instant, last: Hour?)? {
        kept.map {
            ($0.issuer, $0.issued, hourly?.last ?? $0.days.keys.max().map { NaturalDay(number: $0).lastHour })
        }
    }

    /// The hours of the forecast that counts; nil where it speaks of days.
    package var hourly: Forecast? {
        guard let kept, let first = kept.first, !kept.rows.isEmpty else { return nil }
        return Forecast(issued: kept.issued, first: first, rows: kept.rows.map(HourRow.init(packed:)))
    }

    /// The days of the forecast that counts; empty where it speaks of hours.
    package var daily: [NaturalDay: Int32] {
        Dictionary(uniqueKeysWithValues: (kept?.days ?? [:]).map { (NaturalDay(number: $0.key), $0.value) })
    }

    /// Hands the forecast that counts to the engine, and takes all others from it.
    func give(to engine: inout WarningEngine) {
        engine.forgetForecasts()
        guard let kept else { return }
        if let hourly { engine.take(hourly) }
        for (day, index) in kept.days {
            engine.take(DailyForecast(issued: kept.issued, day: NaturalDay(number: day), index: index))
        }
    }

    /// Takes a forecast in that has passed the checks.
    mutating func take(_ forecast: IssuedForecast, from issuer: String, daily: [Int32: Int32], issued: Instant) {
        let place = issuers.firstIndex { $0.name == issuer } ?? issuers.count
        if place == issuers.count { issuers.append(Issuer(name: issuer, newest: issued)) }
        issuers[place].newest = issued
        let today = Hour(containing: issued).day.number
        for (day, index) in daily.sorted(by: { $0.key < $1.key }) {
            let lead = day - today
            guard (1...ForecastDesk.longestLead).contains(lead) else { continue }
            // A second issue of the same day replaces the first.
            issuers[place].pending.removeAll { $0.lead == lead && $0.day == day }
            issuers[place].pending.append(.init(lead: lead, day: day, index: index))
        }
        guard kept.map({ issued >= $0.issued }) ?? true else { return }
        var new = Kept(issuer: issuer, issued: issued)
        switch forecast {
        case .hourly(let hourly):
            new.first = hourly.first
            new.rows = hourly.rows.map { row in row.lanes.packed }
        case .daily: new.days = daily
        }
        kept = new
    }

    /// Holds the day that ends with this hour against what was foreseen for it.
    mutating func verify(_ observed: Int32?, at hour: Hour) {
        guard hour == hour.day.lastHour else { return }
        for place in issuers.indices {
            for pending in issuers[place].pending where pending.day == hour.day.number {
                guard let observed else { continue }
                issuers[place].count(pending, observed: observed)
            }
            issuers[place].pending.removeAll { $0.day <= hour.day.number }
        }
    }

    /// Whether the forecast that counts has a day above a bound so many days after a day.
    func foresees(above bound: Int32, in leads: ClosedRange<Int32>, daysAfter today: NaturalDay) -> Bool {
        issuers.contains { issuer in
            issuer.pending.contains { leads.contains($0.day - today.number) && $0.index > bound }
        }
    }
}

extension ForecastDesk.Issuer {
    fileprivate mutating func count(_ pending: ForecastDesk.PendingDay, observed: Int32) {
        let place = skill.firstIndex { $0.lead == pending.lead } ?? skill.count
        if place == skill.count { skill.append(SkillTally(lead: pending.lead)) }
        skill[place].count(forecast: pending.index, observed: observed)
        skill.sort { $0.lead < $1.lead }
    }
}

/// How forecasts of the daily index did, so many days ahead.
package struct SkillTally: Equatable, Codable, Sendable {
    /// Tomorrow is 1.
    package let lead: Int32
    package private(set) var days = 0
    private var errorSum = 0
    private var squareSum = 0
    package private(set) var hits = 0
    package private(set) var misses = 0
    package private(set) var falseAlarms = 0

    package init(lead: Int32) {
        self.lead = lead
    }

    /// A day is an event where its index is above this: heavy pollution.
    package static let eventAbove: Int32 = 200

    package mutating func count(forecast: Int32, observed: Int32) {
        let error = Int(forecast) - Int(observed)
        days += 1
        errorSum += error
        squareSum += error * error
        switch (forecast > SkillTally.eventAbove, observed > SkillTally.eventAbove) {
        case (true, true): hits += 1
        case (false, true): misses += 1
        case (true, false): falseAlarms += 1
        case (false, false): break
        }
    }

    /// The mean of forecast less observed; nil without days.
    package var bias: Double? { days == 0 ? nil : Double(errorSum) / Double(days) }
    package var rootMeanSquareError: Double? { days == 0 ? nil : (Double(squareSum) / Double(days)).squareRoot() }
    /// Of the days that were heavy, how many were foreseen; nil without such days.
    package var hitRate: Double? { hits + misses == 0 ? nil : Double(hits) / Double(hits + misses) }
    /// Of the days foreseen as heavy, how many were not; nil without such days.
    package var falseAlarmRatio: Double? {
        hits + falseAlarms == 0 ? nil : Double(falseAlarms) / Double(hits + falseAlarms)
    }
}

extension SIMD8<Int32> {
    fileprivate var packed: [Int32] { (0..<8).map { self[$0] } }
}

extension HourRow {
    fileprivate init(packed: [Int32]) {
        self.init()
        for pollutant in Pollutant.allSix where packed.indices.contains(pollutant.index) {
            self[pollutant] = Concentration(packed: packed[pollutant.index])
        }
    }
}

extension WarningOffice {
    /// Takes a forecast of an issuer in; the newest of all counts from the next hour on.
    package mutating func take(
        _ forecast: IssuedForecast, from issuer: String, by name: String, at time: Instant
    ) throws(Refusal) -> Outcome {
        try person(name)
        try check(issuer)
        guard let issued = forecast.issued, let last = forecast.last else { throw .forecastOver }
        // A clock may be a little off.
        guard issued - time <= 3600 else { throw .forecastFromFuture(issued) }
        guard last.endingLabel > time else { throw .forecastOver }
        // What replaces a longer one must do for all that the rules ask; shorter is mostly a file that broke off. **[ours]**
        guard last - Hour(containing: time) >= engine.plan.liftHours else {
            throw .forecastStopsShort(last: last, hours: engine.plan.liftHours)
        }
        if let day = forecast.contradiction { throw .forecastContradicts(day: day.firstHour) }
        guard let first = forecast.first, first.beginning - time >= -ForecastDesk.farthest,
            last.endingLabel - time <= ForecastDesk.farthest
        else { throw .forecastTooFar(days: Int(ForecastDesk.farthest / 86_400)) }
        if let known = state.forecasts.issuers.first(where: { $0.name == issuer }) {
            guard issued > known.newest else { throw .forecastNotNewer(issuer: issuer, issued: known.newest) }
        } else if state.forecasts.issuers.count >= ForecastDesk.mostIssuers {
            throw .tooManyIssuers(ForecastDesk.mostIssuers)
        }
        state.forecasts.take(forecast, from: issuer, daily: dailyIndices(of: forecast), issued: issued)
        state.forecasts.give(to: &engine)
        var outcome = Outcome()
        outcome.ledger = [
            LedgerLine(
                .forecast, at: time, by: name,
                ["issuer": issuer, "issued": "\(issued.seconds)", "through": "\(last.endingLabel.seconds)"])
        ]
        return outcome
    }

    /// The index of each whole day, ozone left out.
    private func dailyIndices(of forecast: IssuedForecast) -> [Int32: Int32] {
        switch forecast {
        case .daily(let days):
            return days.reduce(into: [:]) { if let index = $1.index { $0[$1.day.number] = index } }
        case .hourly(let hourly):
            let alone = ObservedHours(plan: engine.plan).alone(hourly)
            var days: [Int32: Int32] = [:]
            for (place, index) in alone.enumerated() where place >= 23 {
                let hour = hourly.first + Int32(place)
                if hour == hour.day.lastHour { days[hour.day.number] = index.index }
            }
            return days
        }
    }
}
