import AQICore
import Documents
import Foundation
import Response
import Testing
import Texts
import Warnings

@Suite("Documents") struct DocumentTests {
    private static let languages = Language.allCases

    // MARK: - Golden

    @Test func `the bulletin in English, as plain text`() {
        #expect(Fixture.source().bulletin(of: Fixture.orange, in: .english).plainText == Golden.bulletinEnglish)
    }

    @Test func `the bulletin in Chinese, as Markdown`() {
        var source = Fixture.source()
        source.fields.weather = "静稳，逆温"
        #expect(source.bulletin(of: Fixture.orange, in: .chinese).markdown == Golden.bulletinChinese)
    }

    // MARK: - Bulletins and notices

    @Test(arguments: languages) func `a bulletin has every part of 四(五)3, and a blank for what nobody said`(
        language: Language
    ) {
        let words = language.words
        let document = Fixture.source().bulletin(of: Fixture.orange, in: language)
        let facts = document.blocks.flatMap { block -> [Document.Fact] in
            if case .facts(let facts) = block { facts } else { [] }
        }
        let parts: [DocumentLabel] = [
            .issuer, .timeOfIssue, .pollutionComes, .area, .degree, .primaryPollutant, .warningLevel, .weather,
            .responseFrom, .responseUntil,
        ]
        for part in parts {
            #expect(facts.contains { $0.name == words.label(part) && ($0.value != nil || part == .weather) }, "\(part)")
        }
        #expect(facts.first { $0.name == words.label(.weather) }?.value == nil)
        #expect(document.plainText.contains(words.label(.addressees)) && document.html.contains(words.label(.blank)))
    }

    @Test func `on the day of an emergency issue the bulletin says that no traffic is banned`() {
        let event = Fixture.event(
            .issued, .orange, at: Fixture.label(1, 8), isEmergency: true,
            spell: (Fixture.label(1, 7), Fixture.label(3, 8)))
        let text = Fixture.source().bulletin(of: Fixture.change(event), in: .english).plainText
        #expect(text.contains("not on the day of an emergency issue"))
        #expect(!Fixture.source().bulletin(of: Fixture.orange, in: .english).plainText.contains("emergency"))
    }

    @Test func `a spell of which nobody foresees the end has none, and the end of the response is a blank`() {
        let hour = Fixture.label(3, 8)
        for (last, says) in [(hour, "not known"), (hour + 1, "2026-12-03 09:00")] {
            let change = Fixture.change(
                Fixture.event(.issued, .red, at: hour, basis: .observed, spell: (hour - 47, last)))
            let text = Fixture.source().bulletin(of: change, in: .english).plainText
            #expect(text.contains("Heavy pollution: 2026-11-30 09:00 to \(says)"))
            #expect(text.contains("lifted): ____ (to be filled in)") == (last == hour))
        }
    }

    @Test func `a lift and the next issue within an hour are one notice, a second later two`() {
        func notices(_ seconds: Int64) -> [PublicNotice] {
            let issued = DocumentSource.Change(
                event: Fixture.event(.issued, .yellow, at: Fixture.label(7, 9), number: 2),
                issued: Fixture.lift.issued + seconds, signer: nil)
            return PublicNotice.all(of: [Fixture.orange, Fixture.lift, issued])
        }
        #expect(notices(3600).map(\.changes.count) == [1, 2] && notices(3601).map(\.changes.count) == [1, 1, 1])
        // An upgrade never joins, and no issue joins another issue.
        let upgraded = Fixture.change(Fixture.event(.upgraded, .red, at: Fixture.label(1, 8)), minutes: 6)
        #expect(PublicNotice.all(of: [Fixture.orange, upgraded]).count == 2)
        let lift = PublicNotice.all(of: [Fixture.lift])[0]
        #expect(!lift.isComplete(at: lift.issued + 3600) && lift.isComplete(at: lift.issued + 3601))
        #expect(PublicNotice.all(of: [Fixture.orange])[0].isComplete(at: Fixture.orange.issued))
        let text = Fixture.source().notice(notices(3600)[1], in: .english).plainText
        #expect(text.contains("orange warning lifted, yellow warning issued") && text.contains("at least 36 hours"))
    }

    @Test(arguments: languages) func `an exercise says so first, whatever the document`(language: Language) {
        var source = Fixture.source()
        source.isExercise = true
        let notice = PublicNotice.all(of: source.changes)[0]
        for document in [source.bulletin(of: Fixture.orange, in: language), source.notice(notice, in: language)] {
            #expect(document.blocks.first == .banner(language.words.label(.exercise), nil))
        }
    }

    // MARK: - Reports

    @Test func `the forecast report has four blocks to sign, days of the forecast, and blanks for the rest`() throws {
        var source = Fixture.source()
        source.fields.experts = .init(text: "orange", signer: "王五", time: "2026-12-01 07")
        let tomorrow = NaturalDay(number: Fixture.label(1, 8).day.number + 1)
        let course = try #require(IndexCourse(days: [tomorrow: 231]))
        source.forecasts = [.init(issuer: "station", issued: Fixture.label(1, 7).endingLabel, course: course)]
        let document = source.forecastReport(at: Fixture.orange.issued, in: .english)
        let signed = document.blocks.compactMap { block -> Document.SignatureBlock? in
            if case .signature(let signature) = block { signature } else { nil }
        }
        #expect(
            signed.map(\.title) == [
                "City weather station", "City environmental monitoring station", "Experts' advice",
                "Headquarters office",
            ])
        #expect(signed.map(\.signer) == [nil, nil, "王五", nil])
        #expect(document.plainText.contains("Day: 2026-12-02; AQI: 231; Air quality: "))
        #expect(document.plainText.contains("Day: 2026-12-03; AQI: ____ (to be filled in)"))
    }

    @Test func `the day-after report shows who has not reported`() {
        var source = Fixture.source()
        source.fields.reports = [
            .init(body: "三河市", carriedOut: "all", plantsChecked: "12", findings: "0", reportedBy: "赵六")
        ]
        source.observed = IndexCourse(
            first: Fixture.label(2, 1), indices: (0..<24).map { $0 < 5 ? nil : $0 < 20 ? 201 : 200 })
        let text = source.dayReport(of: Fixture.label(2, 1).day, in: .english).plainText
        #expect(
            text.contains(
                "Area or department: Sanhe; Carried out: all; Plants checked: 12; Findings: 0; Reported by: 赵六"))
        #expect(text.contains("Area or department: police; Carried out: NOT REPORTED"))
        #expect(text.contains("Hours above the base: 15") && text.contains("Hours not known: 5"))
        #expect(text.contains("response II"))
    }

    @Test func `what was reported stands in the day-after report, and what people wrote goes before it`() throws {
        var desk = ResponseDesk(plan: Fixture.response, people: [Person(name: "王五", roles: [])])
        var outcome = WarningOffice.Outcome()
        outcome.events = [Fixture.orange.event]
        _ = desk.follow(outcome, at: Fixture.orange.issued)
        let nextDay = Fixture.label(1, 24).endingLabel + 60
        _ = desk.pass(to: nextDay)
        let round = try #require(desk.state.tasks.rounds.last { $0.kind == .dailyReport })
        for party in ["三河市", "police"] {
            _ = try desk.report(task: round.number, for: party, text: "\(party) did", by: "王五", at: nextDay)
        }
        var source = Fixture.source()
        source.rounds = desk.state.tasks.rounds
        source.fields.reports = [.init(body: "police", carriedOut: "as written here")]
        let text = source.dayReport(of: Fixture.label(1, 1).day, in: .english).plainText
        #expect(text.contains("Area or department: Sanhe; Carried out: 三河市 did") && text.contains("Reported by: 王五"))
        #expect(
            text.contains("Area or department: police; Carried out: as written here")
                && !text.contains("police did"))
        // Another day has reports of its own.
        let other = source.dayReport(of: Fixture.label(2, 1).day, in: .english).plainText
        #expect(other.contains("Area or department: Sanhe; Carried out: NOT REPORTED"))
    }

    @Test
    func `the summary has the course of the spell, its days, and a curve with a text for those who do not see it`()
        throws
    {
        var source = Fixture.source([Fixture.orange, Fixture.lift])
        let first = Fixture.label(1, 1)
        source.observed = IndexCourse(first: first, indices: (0..<168).map { $0 == 80 ? nil : 150 + Int32($0 % 90) })
        source.forecasts = [
            .init(
                issuer: nil, issued: Fixture.label(1, 6).endingLabel,
                course: IndexCourse(first: first, indices: [Int32?](repeating: 230, count: 120)))
        ]
        let document = source.summary(of: 1, until: Fixture.lift.issued, in: .english)
        let tree = try XMLTree(document.html)
        let svg = try #require(tree.first("svg"))
        #expect(svg.attributes["role"] == "img" && svg.attributes["aria-labelledby"] == "curve-title curve-desc")
        #expect(svg.value("title")?.isEmpty == false && svg.value("desc")?.contains("239 at") == true)
        // Two runs of observed hours, because one hour is not known, and one of the forecast.
        #expect(tree.all("polyline").count == 3)
        for points in tree.all("polyline").compactMap({ $0.attributes["points"] }) {
            #expect(points.wholeMatch(of: /\d+,\d+( \d+,\d+)*/) != nil)
        }
        #expect(document.plainText.contains("Hours not known: 1") && document.plainText.contains("Duration: 144 h"))
        // The 7 days, the newest of which is not over.
        #expect(
            document.plainText.contains("Day: 2026-12-02; Observed: 197; Forecast: 230; Forecast less observed: 33"))
    }

    @Test func `the assessment counts days and warnings, and says of how many days it knows`() {
        let first = NaturalDay(number: Fixture.label(1, 1).day.number)
        var source = Fixture.source([Fixture.orange, Fixture.lift])
        var days: [NaturalDay: Int32] = [:]
        for (offset, index) in ([50, 51, 100, 150, 200, 201, 300, 301] as [Int32]).enumerated() {
            days[NaturalDay(number: first.number + Int32(offset))] = index
        }
        source.observed = IndexCourse(days: days)
        let text = source.assessment(of: first...NaturalDay(number: first.number + 9), in: .english).plainText
        #expect(text.contains("Days of which the index is known: 8 of 10"))
        let counts = [1, 2, 1, 1, 2, 1]
        let levels = (1...6).compactMap { AirQualityLevel(rawValue: $0) }.map(Language.english.words.level)
        for (level, count) in zip(levels, counts) { #expect(text.contains("Air quality: \(level); Count: \(count)")) }
        #expect(text.contains("Air quality: Not known; Count: 2") && text.contains("Highest level: ORANGE warning"))
        #expect(text.contains("Implementation: ____ (to be filled in)"))
    }

    // MARK: - Pages

    @Test(arguments: languages) func `a page has a language, headings in order, headers with a scope, and no script`(
        language: Language
    ) throws {
        let tree = try XMLTree(Fixture.source().bulletin(of: Fixture.orange, in: language).html)
        #expect(tree.root.attributes["lang"] == language.words.languageTag)
        #expect(tree.all("h1").count == 1 && tree.all("main").count == 1 && tree.first("title")?.text.isEmpty == false)
        #expect(tree.all("th").allSatisfy { ["row", "col"].contains($0.attributes["scope"] ?? "") })
        #expect(tree.all("script").isEmpty && tree.all("caption").count == tree.all("thead").count)
        let style = try #require(tree.first("style")).text
        #expect(style.contains("A4") && !style.contains("\"") && !style.contains("<") && !style.contains(">"))
    }

    @Test func `what is written on what stands out by 4.5 to 1`() {
        // WCAG 2.2, 1.4.3 and its relative luminance.
        func luminance(_ colour: UInt32) -> Double {
            let channels = [16, 8, 0].map { shift -> Double in
                let value = Double(colour >> UInt32(shift) & 255) / 255
                return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
        }
        for (text, ground) in [(0x111111, 0xFFFFFF), (0x111111, 0xEEEEEE), (0x555555, 0xFFFFFF), (0x555555, 0xEEEEEE)]
            as [(UInt32, UInt32)]
        {
            #expect((luminance(ground) + 0.05) / (luminance(text) + 0.05) >= 4.5)
        }
    }

    @Test func `every label has words in both languages that differ`() {
        for label in DocumentLabel.allCases {
            let (english, chinese) = (Language.english.words.label(label), Language.chinese.words.label(label))
            #expect(!english.isEmpty && !chinese.isEmpty && english != chinese)
        }
    }
}
