import AQICore
import Foundation
import Response
import TestSupport
import Testing
import Warnings

@testable import aqi_monitor

/// What the plan's tables say, by hand beside the data: Plan 六(三), 附件4, 附件5.
@Suite("Measures of a level") struct ResponseTests {
    private static let plan = ResponsePlan.shipped

    /// id, kind, levels (y, o, r), departments.
    private static let table: [(String, String, String, String)] = [
        ("vulnerable-people", "public-protection", "yor", ""), ("health-advice", "public-protection", "yor", ""),
        ("everybody", "public-protection", "yor", ""), ("air-purifiers", "public-protection", "yor", ""),
        ("flexible-teaching", "public-protection", "or", ""), ("outdoor-events", "public-protection", "or", ""),
        ("school-closure", "public-protection", "r", ""),
        ("air-conditioning", "advised", "yor", ""), ("travel", "advised", "yor", ""),
        ("solvent-paints", "advised", "yor", ""), ("older-cars", "advised", "or", ""),
        ("working-hours", "advised", "or", ""),
        ("industry-yellow", "industry", "y", "areas"), ("industry-orange", "industry", "o", "areas"),
        ("industry-red", "industry", "r", "areas"), ("industry-unlisted", "industry", "or", "areas"),
        ("machinery", "mobile-sources", "yor", "housing agriculture water transport state-assets"),
        ("older-machinery", "mobile-sources", "or", "housing agriculture water transport state-assets"),
        ("trucks-yellow", "mobile-sources", "y", "police"), ("trucks-orange", "mobile-sources", "or", "police"),
        ("slow-vehicles", "mobile-sources", "yor", "police"),
        ("bulk-transport", "mobile-sources", "or", "ecology police"),
        ("dust-control", "area-sources", "yor", "natural-resources housing transport"),
        ("yards", "area-sources", "yor", "natural-resources ecology"),
        ("site-works", "area-sources", "yor", "housing transport water"),
        ("uncovered-trucks", "area-sources", "yor", "urban-management housing police transport"),
        ("street-sweeping", "area-sources", "yor", "housing"), ("road-sweeping", "area-sources", "yor", "housing"),
        ("road-sprinkling", "area-sources", "yor", "housing"),
        ("fireworks", "other", "yor", "police urban-management"),
        ("barbecue", "other", "yor", "police urban-management"),
    ]

    private static func ids(_ situation: Situation, area: String? = nil) -> [String] {
        plan.measures(in: situation, area: area).map(\.measure.id)
    }

    private static func status(_ id: String, in situation: Situation) -> MeasureInForce.Status? {
        plan.measures(in: situation).first { $0.measure.id == id }?.status
    }

    @Test func `each row of the table of measures holds at its levels, for its departments`() {
        #expect(Self.plan.measures.map(\.id) == Self.table.map(\.0))
        for (row, measure) in zip(Self.table, Self.plan.measures) {
            #expect(measure.kind.rawValue == row.1, "\(row.0)")
            #expect(measure.departments == row.3.split(separator: " ").map(String.init), "\(row.0)")
        }
        for (letter, level) in zip("yor", WarningLevel.allCases) {
            #expect(Self.ids(Situation(level: level)) == Self.table.filter { $0.2.contains(letter) }.map(\.0))
        }
        #expect(Self.ids(Situation(level: nil)) == [])
    }

    @Test func `every entry has a clause and a text in both languages, and every department a measure`() {
        let texts =
            Self.plan.measures.map { ($0.text, $0.clause) } + Self.plan.departments.map { ($0.name, $0.clause) }
            + Self.plan.areas.map { ($0.name, $0.clause) } + Self.plan.freeVehicles.map { ($0.name, $0.clause) }
            + Self.plan.channels.map { ($0.name, $0.clause) } + Self.plan.industries.map { ($0.name, $0.clause) }
        for (text, clause) in texts {
            #expect(!clause.isEmpty && !text.zh.isEmpty && !text.en.isEmpty)
            #expect(
                text.zh.unicodeScalars.contains { $0.value > 0x4E00 }
                    && text.en.unicodeScalars.allSatisfy { $0.value < 0x250 })
        }
        let red = Self.plan.measures(in: Situation(level: .red))
        #expect(Self.plan.departments(of: red).map(\.id) == Self.plan.departments.map(\.id))
    }

    /// The annex, cell by cell: yellow, orange, red. `*` for a row without the rule of trucks.
    private static let annex: [(String, String, String, String)] = [
        ("flour, oil, sugar", "trucks only", "trucks only", "stop, unless all-electric or with a low-NOx gas boiler"),
        ("food frying", "trucks only", "frying 50 % by lines", "frying stops"),
        ("wine, drinks", "trucks only", "trucks only", "crushing and sieving stop"),
        (
            "galvanising", "50 %: of one line by capacity, of more by lines",
            "50 %: of one line in two batches that rotate by warning, of more by lines",
            "plating and hot dip stop; zinc is kept molten at the minimum; no loading"
        ),
        (
            "cold rolling", "whole plant 30 %: of one line in two rotating batches, of more by lines",
            "whole plant 50 %: of one line in two rotating batches, of more by lines", "whole plant stops"
        ),
        (
            "bends, forgings", "shot blasting and welding 50 % by lines or machines; painting as industrial coating",
            "shot blasting and welding 50 % by lines or machines; painting as industrial coating", "stop"
        ),
        (
            "machining (welding)", "cutting, welding, grinding 30 % by machines",
            "cutting, welding, grinding 50 % by machines", "whole plant stops"
        ),
        ("surface and heat treatment", "trucks only", "at least 50 % by lines", "stop"),
        (
            "car repair*",
            "spraying stops, unless carbon or zeolite concentration with catalytic combustion and a VOC alarm",
            "those excepted at yellow 50 % by booths; the others' spraying stops", "spraying stops"
        ),
        (
            "car parts", "as surface treatment, coating or plastics", "as surface treatment, coating or plastics",
            "as surface treatment, coating or plastics"
        ),
        ("fertiliser (not coal nitrogen)", "50 % by lines", "50 % by lines", "stop"),
        (
            "special and household chemicals", "trucks only",
            "reactor plants at least 30 % of VOC reactors; others: VOC processes stop",
            "reactor plants: no new charge; others: stop"
        ),
        (
            "paper", "pulp mills 50 %, others VOC processes 50 % (ultra-low-emission plants exempt)",
            "pulp mills whole plant, others VOC processes stop (ultra-low-emission plants 50 %)", "stop"
        ),
        ("plastics", "trucks only", "50 % by machines", "50 % by machines"),
        ("insulation", "VOC processes 50 % by lines", "VOC processes 50 % by lines", "stop"),
        (
            "electronics", "processes with solvent-based paint stop",
            "processes without solvent-based paint 50 % by lines", "stop"
        ),
        (
            "printing", "50 % by presses, unless catalytic combustion with an alarm",
            "those excepted at yellow 50 % by presses; others: VOC processes stop", "VOC processes stop"
        ),
        ("powder coatings", "trucks only", "trucks only", "50 % by lines or machines"),
        ("stone", "open-air work stops", "crushing, processing, loading stop", "whole plant stops"),
    ]

    @Test func `each of the nineteen industries has its three cells`() {
        #expect(Self.plan.industries.map(\.number) == Array(1...19))
        for (row, industry) in zip(Self.annex, Self.plan.industries) {
            #expect(industry.name.en == row.0.filter { $0 != "*" })
            #expect(industry.isTruckRuled == !row.0.contains("*"))
            #expect(WarningLevel.allCases.map { industry.measure(at: $0)?.en } == [row.1, row.2, row.3])
        }
        // The Chinese cells have the numbers of the English ones.
        for industry in Self.plan.industries {
            for level in WarningLevel.allCases {
                let cell = industry.measure(at: level)
                let percents = [cell?.zh, cell?.en].map { text in
                    (text ?? "").split(whereSeparator: { !$0.isNumber }).filter { $0.count == 2 }
                }
                #expect(percents[0] == percents[1], "\(industry.number) \(level)")
            }
        }
    }

    // MARK: - Exceptions, on both sides

    @Test func `no traffic is banned on the day of an emergency issue, and all else holds`() {
        var situation = Situation(level: .orange)
        for id in ["trucks-orange", "slow-vehicles"] { #expect(Self.status(id, in: situation) == .runs) }
        situation.isEmergencyDay = true
        for entry in Self.plan.measures(in: situation) where entry.measure.id != "school-closure" {
            let isTraffic = entry.measure.restrictsTraffic
            #expect((entry.status == .excepted(.emergencyDay)) == isTraffic && (entry.status == .runs) == !isTraffic)
        }
        let issued = Instant(seconds: 1_796_140_799)  // 2026-12-01T23:59:59+08:00
        #expect(Situation.isEmergencyDay(issued: issued, isEmergency: true, now: issued))
        #expect(!Situation.isEmergencyDay(issued: issued, isEmergency: true, now: issued + 1))
        #expect(!Situation.isEmergencyDay(issued: issued, isEmergency: false, now: issued))
    }

    @Test func `in freezing weather nothing but the sprinkling stops`() {
        var situation = Situation(level: .yellow)
        #expect(Self.status("road-sprinkling", in: situation) == .runs)
        situation.isFreezing = true
        let stopped = Self.plan.measures(in: situation).filter { $0.status == .excepted(.freezing) }
        #expect(stopped.map(\.measure.id) == ["road-sprinkling"])
    }

    @Test func `schools may close under red at an observed 500, not at 499, and not under orange`() {
        var situation = Situation(level: .red)
        #expect(Self.status("school-closure", in: situation) == .waitsForIndex(500))
        situation.observedIndex = 499
        #expect(Self.status("school-closure", in: situation) == .waitsForIndex(500))
        situation.observedIndex = 500
        #expect(Self.status("school-closure", in: situation) == .runs)
        situation.level = .orange
        #expect(Self.status("school-closure", in: situation) == nil)
    }

    @Test func `unlisted plants take uniform measures from orange up`() {
        func unlisted(_ level: WarningLevel) -> [String] {
            Self.plan.measures(in: Situation(level: level)).filter { $0.measure.plants == .unlisted }.map(\.measure.id)
        }
        #expect(WarningLevel.allCases.map(unlisted) == [[], ["industry-unlisted"], ["industry-unlisted"]])
    }

    @Test func `public protection waits for the pollution, everything else for the response`() {
        for (started, here) in [(true, false), (false, true), (false, false), (true, true)] {
            var situation = Situation(level: .orange)
            (situation.hasStarted, situation.isPollutionHere) = (started, here)
            for entry in Self.plan.measures(in: situation) {
                let expected: MeasureInForce.Status =
                    entry.measure.kind == .publicProtection
                    ? (here ? .runs : .waitsForPollution) : (started ? .runs : .waitsForResponse)
                #expect(entry.status == expected, "\(entry.measure.id)")
            }
        }
    }

    @Test func `an area that adjusts has its own measures, and the others the city's`() {
        var situation = Situation(level: .yellow)
        situation.areaLevels = ["三河市": .red]
        #expect(Self.ids(situation, area: "三河市") == Self.ids(Situation(level: .red)))
        #expect(Self.ids(situation, area: "香河县") == Self.ids(Situation(level: .yellow)))
        #expect(Self.ids(situation) == Self.ids(Situation(level: .yellow)))
    }

    @Test func `a traffic ban never covers the vehicles of the list, and nothing else restricts vehicles`() throws {
        #expect(Self.plan.freeVehicles.count == 16)
        for measure in Self.plan.measures {
            for vehicle in Self.plan.freeVehicles { #expect(!Self.plan.restricts(measure, vehicle: vehicle.id)) }
            #expect(
                Self.plan.restricts(measure, vehicle: nil)
                    == ["trucks-yellow", "trucks-orange", "slow-vehicles"].contains(measure.id))
        }
    }

    @Test func `the city has eleven areas, and who repeats a warning how often is as the plan says`() {
        #expect(Self.plan.areas.count == 11 && Self.plan.city.code == "131000")
        let rhythms = Self.plan.channels.map { ($0.id, $0.rhythm) }
        let expected: [(String, PublicChannel.Rhythm)] = [
            ("portals", .throughout), ("traffic-screens", .every(minutes: 30)), ("radio", .every(minutes: 60)),
            ("television", .every(minutes: 60)), ("sms", .once), ("weibo", .once), ("wechat", .once),
            ("newspapers", .daily(closesHour: 22, morningHour: 9)), ("communities", .throughout),
        ]
        #expect(rhythms.count == expected.count)
        for (have, want) in zip(rhythms, expected) { #expect(have == want) }
    }

    // MARK: - Bad data

    /// What is changed in which file, and a part of what is said.
    private static let mistakes: [(String, String, String)] = [
        ("kind = \"advised\"", "kind = \"adviced\"", "adviced"),
        ("departments = [\"ecology\", \"police\"]", "departments = [\"ecology\", \"polise\"]", "polise"),
        ("id = \"barbecue\"", "id = \"fireworks\"", "fireworks"),
        ("unless = \"freezing\"", "unles = \"freezing\"", "unles"),
        ("index_reaches = 500", "index_reaches = 501", "501"),
        ("from = \"yellow\"\nto = \"yellow\"", "from = \"orange\"\nto = \"yellow\"", "to"),
    ]

    @Test(arguments: mistakes) func `a mistake in a file of measures is named`(
        old: String, new: String, said: String
    ) throws {
        let text = ShippedResponse.measures
        let range = try #require(text.range(of: old))
        let error = try #require(throws: ConfigurationError.self) {
            _ = try ResponsePlan(
                measures: text.replacingCharacters(in: range, with: new), industries: ShippedResponse.industries,
                organisation: ShippedResponse.organisation)
        }
        #expect("\(error)".contains(said) && error.line > 1 && error.path == "measures.toml")
    }

    // MARK: - As the engine knows it

    /// 2016-12-05T00:00+08:00: HJ 633-2012 holds.
    private static let midnight = NaturalDay(CivilDate(year: 2016, month: 12, day: 5) ?? CivilDate(daysSince1970: 0))
        .firstHour

    private static func row(pm25: Int32, no2: Int32 = 16_000) -> HourRow {
        var row = HourRow()
        for pollutant in Pollutant.allSix { row[pollutant] = Concentration(thousandths: 500) }
        row[.pm25] = Concentration(thousandths: pm25)
        row[.no2] = Concentration(thousandths: no2)
        return row
    }

    @Test func `without a warning there is no level; one that is ordered in clean air waits for the pollution`() throws
    {
        var engine = WarningEngine(plan: .usual)
        let noon = Self.midnight + 12
        for hour in 0..<12 { _ = engine.step(Self.row(pm25: 20_000), at: Self.midnight + Int32(hour)) }
        #expect(Situation(engine, at: noon.beginning).level == nil)
        engine.order(.red, from: "province")
        _ = engine.step(Self.row(pm25: 20_000), at: noon)
        let situation = Situation(engine, at: noon.endingLabel)
        #expect(situation.level == .red && situation.hasStarted && !situation.isEmergencyDay)
        #expect(Self.status("vulnerable-people", in: situation) == .waitsForPollution)
        #expect(Self.status("industry-red", in: situation) == .runs)
        // The 24 h mean of 500 µg/m³ comes with the hours.
        for hour in 1...24 { _ = engine.step(Self.row(pm25: 500_000), at: noon + Int32(hour)) }
        let severe = Situation(engine, at: (noon + 24).endingLabel)
        #expect(severe.observedIndex == 500 && severe.isPollutionHere)
        #expect(Self.status("school-closure", in: severe) == .runs)
        // Cleaner hours in it do not send people out again while the warning stands.
        for hour in 25...72 { _ = engine.step(Self.row(pm25: 20_000), at: noon + Int32(hour)) }
        let after = Situation(engine, at: (noon + 72).endingLabel)
        #expect(engine.latestIndex24.isAtMost(50) && after.level == .red && after.isPollutionHere)
        #expect(Self.status("vulnerable-people", in: after) == .runs)
    }

    @Test func `an emergency issue spares the traffic until its day is over, a restart between`() throws {
        var engine = WarningEngine(plan: .usual)
        for hour in 0..<24 { _ = engine.step(Self.row(pm25: 14_000), at: Self.midnight + Int32(hour)) }
        let hour = Self.midnight + 24
        engine.take(
            Forecast(
                issued: hour.endingLabel, first: hour + 1,
                rows: (0..<30).map { Self.row(pm25: $0 < 12 ? 14_000 : 400_000) }))
        let events = engine.step(Self.row(pm25: 14_000, no2: 2_400_000), at: hour)
        #expect(events.map(\.isEmergency) == [true])
        let kept = try JSONDecoder().decode(WarningEngine.State.self, from: JSONEncoder().encode(engine.state))
        engine.restore(kept)
        #expect(Self.status("vulnerable-people", in: Situation(engine, at: hour.endingLabel)) == .runs)
        let ban = "trucks-yellow"
        #expect(Self.status(ban, in: Situation(engine, at: hour.endingLabel)) == .excepted(.emergencyDay))
        #expect(Self.status(ban, in: Situation(engine, at: (hour + 22).endingLabel)) == .excepted(.emergencyDay))
        #expect(Self.status(ban, in: Situation(engine, at: (hour + 23).endingLabel)) == .runs)
    }

    // MARK: - The command

    @Test func `warnings measures shows what a level asks for, as text and as JSON`() throws {
        let text = try Program.run("warnings", "measures", "--level", "orange", "--department", "police")
        #expect(text.status == 0)
        #expect(
            text.output.contains("no heavy (China IV and older) and medium trucks") && !text.output.contains("diesel"))
        #expect(
            text.output.contains("police; 六(三); 五(六)2; 附件5)") && text.output.contains("Never kept off the road: army"))
        let json = try Program.run("warnings", "measures", "--level", "red", "--industry", "19", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        let industries = try #require(object?["industries"] as? [[String: Any]])
        #expect(
            (industries.first?["measure"] as? [String: String])?["en"] == "whole plant stops" && industries.count == 1)
        let chinese = try Program.run("warnings", "measures", "--level", "yellow", "--freezing", "--lang", "zh")
        #expect(chinese.output.contains("结冰天气不执行") && chinese.output.contains("III 级响应"))
    }

    @Test func `warnings measures refuses what the plan does not have`() throws {
        #expect(try Program.run("warnings", "measures", "--level", "blue").status == 64)
        #expect(try Program.run("warnings", "measures", "--level", "red", "--industry", "20").status == 64)
        let department = try Program.run("warnings", "measures", "--level", "red", "--department", "navy")
        #expect(department.status == 64 && department.errors.contains("urban-management"))
    }
}
