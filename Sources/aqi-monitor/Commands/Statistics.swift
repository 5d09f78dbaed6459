import AQICore
import ArgumentParser
import Ingest
import Texts

struct Statistics: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Months, seasons and years: means and percentiles of daily values, whether they are valid, and the limits.",
        discussion: """
            The table: as for compute. Daily values are those of compute --report daily, rounded as published. Means of PM2.5,
            PM10, SO2, NO2; the 95th percentile of CO and the 90th of the largest 8 h mean of ozone; of the year also the 98th of
            SO2 and NO2 and the 95th of particulates. Valid with 27 days a month (February 25) and 324 a year. Limits are those
            of GB 3095 in force on the period's last day: of the year for means, of the day for percentiles.

            EXAMPLES
              aqi-monitor statistics hours.csv
              aqi-monitor statistics hours.csv --city Langfang --class 2 --json
            """)

    @Argument(help: "The table, or - for standard input.")
    var file: String

    @Option(help: "Statistics of one city of this name, from the mean of the stations' concentrations.")
    var city: String?

    @Option(name: .customLong("class"), help: "Class of the area, 1 (nature reserves) or 2 (everywhere else).")
    var areaClass = 2

    @Flag(help: "JSON lines instead of CSV.")
    var json = false

    @OptionGroup var table: TableOptions

    @Option(name: .shortAndLong, help: "Write here instead of standard output; the file appears when it is whole.")
    var output: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...2).contains(areaClass) else {
            throw ValidationError(Session.words.oneOf("--class \(areaClass)", ["1", "2"]))
        }
    }

    mutating func run() throws {
        let table = try table.read(file)
        var output = try Output(path: output)
        if !json { try output.line(PeriodStatistic.header) }
        let series = city.map { name in table.cityMean(named: name).map { [$0] } ?? [] } ?? table.series
        for series in series {
            for year in try YearOfDays.years(of: series) {
                for statistic in year.statistics(areaClass: areaClass == 1 ? .one : .two) {
                    try output.line(
                        json ? statistic.json(station: series.station).line : statistic.csv(station: series.station))
                }
            }
        }
        try output.finish()
    }
}

/// One statistic of one period.
struct PeriodStatistic {
    /// `2026-03`, `2026-spring` or `2026`.
    var period: String
    var indicator: Indicator
    /// `mean`, or a percentile as `p95`.
    var statistic: String
    /// Valid days.
    var days: Int32
    /// Thousandths, rounded half to even to 0.1 µg/m³, CO 0.01 mg/m³ (HJ 663-2026); nil without days.
    var value: Int32?
    var limit: Int32?
    /// By how many times the value, rounded as published, is above the limit, hundredths.
    var exceedance: Int32?
    /// Why the statistic is not valid.
    var gap: PeriodMean.Gap?

    static let header = "station,period,pollutant,statistic,days,value,valid,limit,exceedance,note"

    func csv(station: String) -> String {
        let numbers = [value, limit].map { $0.map { DecimalWriting.shortest(thousandths: $0) } ?? "" }
        let times = exceedance.map { DecimalWriting.shortest(thousandths: $0 * 10) } ?? ""
        return [
            CSV.field(station), period, indicator.name, statistic, "\(days)", numbers[0], gap == nil ? "yes" : "no",
            numbers[1], times, note,
        ].joined(separator: ",")
    }

    func json(station: String) -> JSON {
        func number(_ thousandths: Int32?) -> JSON {
            thousandths.map { .number(DecimalWriting.shortest(thousandths: $0)) } ?? .null
        }
        return .object([
            ("station", .string(station)), ("period", .string(period)), ("pollutant", .string(indicator.name)),
            ("statistic", .string(statistic)), ("days", .integer(Int64(days))), ("value", number(value)),
            ("valid", .bool(gap == nil)), ("limit", number(limit)), ("exceedance", number(exceedance.map { $0 * 10 })),
            ("note", .string(note)),
        ])
    }

    private var note: String {
        switch gap {
        case nil: ""
        case .month(let month, let have, let need): "month \(month): \(have) of \(need) days"
        case .year(let have, let need): "\(have) of \(need) days"
        }
    }
}

/// The daily values of one station in one calendar year.
struct YearOfDays {
    let year: Int32
    /// One packed concentration a day, by `pollutant.index`; ozone: the largest 8 h mean.
    private var days: [[Int32]]
    /// Months of which there is a daily value.
    private var months: Set<Int32> = []

    private init(_ year: Int32) {
        self.year = year
        let count = (1...12 as ClosedRange<Int32>).reduce(0) { $0 + Int(CivilDate.dayCount(year: year, month: $1)) }
        days = [[Int32]](
            repeating: [Int32](repeating: Concentration.missing(.absent).packed, count: count), count: Pollutant.count)
    }

    /// The years that a series touches.
    static func years(of series: HourlySeries) throws -> [YearOfDays] {
        var years: [YearOfDays] = []
        try series.forEachReport(.daily, edition: { Edition(forPeriodEndingAt: $0.endingLabel) }) { hour, report in
            let date = hour.day.date
            if years.last?.year != date.year { years.append(YearOfDays(date.year)) }
            years[years.count - 1].take(report, on: date)
        }
        return years
    }

    private mutating func take(_ report: IndexReport, on date: CivilDate) {
        guard let first = CivilDate(year: year, month: 1, day: 1) else { return }
        let place = Int(date.daysSince1970 - first.daysSince1970)
        for pollutant in Pollutant.allSix {
            let indicator = YearOfDays.indicator(of: pollutant)
            guard let concentration = report[indicator].concentration else { continue }
            months.insert(date.month)
            days[pollutant.index][place] = Concentration(thousandths: concentration).packed
        }
    }

    private static func indicator(of pollutant: Pollutant) -> Indicator {
        pollutant == .o3 ? .o3EightHours : Indicator(rawValue: pollutant.rawValue) ?? .pm25
    }

    /// Every statistic of every month, season and year of which a day is there.
    ///
    /// Source: HJ 663-2013 and -2026: annual evaluation by means and by P98 (SO2, NO2), P95 (PM10, PM2.5, CO), P90 (O3).
    func statistics(areaClass: LimitClass) -> [PeriodStatistic] {
        var periods: [(name: String, period: EvaluationPeriod, months: [Int32])] = []
        for month in months.sorted() {
            periods.append(("\(year)-\(month < 10 ? "0" : "")\(month)", .month(month), [month]))
        }
        let seasons: [(String, EvaluationPeriod.Season)] = [
            ("spring", .spring), ("summer", .summer), ("autumn", .autumn), ("winter", .winter),
        ]
        for (name, season) in seasons {
            let own = (1...12 as ClosedRange<Int32>).filter { EvaluationPeriod.Season(month: $0) == season }
            if !months.isDisjoint(with: own) { periods.append(("\(year)-\(name)", .season(season), own)) }
        }
        if !months.isEmpty { periods.append(("\(year)", .year, Array(1...12))) }
        return periods.flatMap { name, period, months in
            Pollutant.allSix.flatMap { pollutant in
                statistics(of: pollutant, period, named: name, months: months, areaClass: areaClass)
            }
        }
    }

    private func statistics(
        of pollutant: Pollutant, _ period: EvaluationPeriod, named name: String, months: [Int32], areaClass: LimitClass
    ) -> [PeriodStatistic] {
        let values = days[pollutant.index]
        let mean = PeriodMean(period, of: year, days: values.span)
        let lastMonth = months.max() ?? 12
        let lastDay = CivilDate(year: year, month: lastMonth, day: CivilDate.dayCount(year: year, month: lastMonth))
        let stage = LimitStage(on: lastDay.map(NaturalDay.init) ?? NaturalDay(number: 0))
        var result: [PeriodStatistic] = []
        func add(_ statistic: String, _ exact: Mean?, limitOf limitPeriod: LimitPeriod?) {
            let limit = limitPeriod.flatMap { stage.limit(of: pollutant, $0, areaClass) }
            // Compared as published: whole µg/m³, CO tenths (HJ 663).
            let compared = mean.gap == nil ? exact?.rounded(toStep: pollutant.publishedStep) : nil
            result.append(
                PeriodStatistic(
                    period: name, indicator: YearOfDays.indicator(of: pollutant), statistic: statistic,
                    days: mean.mean.count, value: exact?.rounded(toStep: PeriodMean.statisticStep(of: pollutant)),
                    limit: limit,
                    exceedance: compared.flatMap { value in limit.flatMap { stage.exceedance(of: value, limit: $0) } },
                    gap: mean.gap))
        }
        if pollutant != .co, pollutant != .o3 {
            add("mean", mean.mean.count > 0 ? mean.mean : nil, limitOf: period == .year ? .year : nil)
        }
        let percent: Int32 = pollutant == .o3 ? 90 : pollutant == .so2 || pollutant == .no2 ? 98 : 95
        if period == .year || pollutant == .co || pollutant == .o3 {
            let sorted = valid(values, months: months).sorted()
            add("p\(percent)", Percentile.of(percent, in: sorted.span), limitOf: .day)
        }
        return result
    }

    /// The valid daily values of some months, thousandths.
    private func valid(_ values: [Int32], months: [Int32]) -> [Int32] {
        var result: [Int32] = []
        var first = 0
        for month in 1...12 as ClosedRange<Int32> {
            let count = Int(CivilDate.dayCount(year: year, month: month))
            if months.contains(month) {
                result += values[first..<first + count].compactMap { Concentration(packed: $0).thousandths }
            }
            first += count
        }
        return result
    }
}
